"""What corrections put on the agenda of a check-in: those under way, and what was found since the last one."""

from django.utils.formats import date_format

from ats.kernel.kept import kept
from ats.kernel.when import counted
from partners.checkins.models import CheckIn
from partners.checkins.queries import agenda
from partners.corrections.models import CorrectionState, CourseCorrection


@agenda.topic
def corrections(check_in: CheckIn) -> list[str]:
    """Two queries."""
    rows = CourseCorrection.objects.filter(partnership=check_in.partnership_id)
    since = agenda.since_when(check_in)
    looked = rows.filter(state=CorrectionState.LOOKED, settled_at__gt=since).order_by("settled_at", "pk")
    under_way = rows.open().order_by("look_again_on", "pk").prefetch_related("steps")
    return [f"{_sentence(row)} {row.result}" for row in looked] + [_under_way(row) for row in under_way]


def _under_way(row: CourseCorrection) -> str:
    words, day, steps = _sentence(row), date_format(row.look_again_on, "j F"), list(row.steps.all())
    done = sum(step.done_at is not None for step in steps)
    all_steps = counted(len(steps), "change", "changes")
    return kept(f"Course correction: {words} {done} of {all_steps} done, we look again on {day}.")


def _sentence(row: CourseCorrection) -> str:
    return row.challenge if row.challenge.endswith((".", "!", "?")) else f"{row.challenge}."
