"""Writing kits: what an interview assesses, what is asked, and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept, quoted
from ats.kernel.staff_words import gettext
from requisitions.interview_plan.actions import fetch
from requisitions.interview_plan.models import KitQuestion, PlannedInterview
from requisitions.roles.models import Requisition
from requisitions.wording.domain.checker import Finding
from requisitions.wording.models import Use
from requisitions.wording.queries.checks import check

MOST_QUESTIONS = 20
LONGEST_QUESTION = 1000
LONGEST_GOOD = 2000
LONGEST_AVOID = 2000
LONGEST_WHY = 300


@dataclass(frozen=True)
class Line:
    """A question as somebody writes it; `criterion` is the number of what it is about."""

    text: str
    good: str = ""
    criterion: int | None = None


@transaction.atomic
def set_kit(
    *,
    planned_id: int,
    criterion_ids: Sequence[int],
    questions: Sequence[Line],
    by: User,
    now: datetime,
    avoid: str | None = None,
    knowingly: str = "",
) -> PlannedInterview:
    """Write the kit as it is from now on; what is booked keeps the one it was booked with.

    What a question is about is assessed with it. Unlawful questions are refused with Invalid, unless
    `knowingly` says why they are asked.
    """
    planned = fetch.interview(planned_id, by)
    lines = _cleaned(questions)
    criteria = _criteria(planned.requisition, criterion_ids, lines)
    changed = _write_criteria(planned, criteria) | _write_questions(planned, lines)
    if avoid is not None and avoid.strip() != planned.avoid:
        planned.avoid = avoid.strip()
        if len(planned.avoid) > LONGEST_AVOID:
            raise Invalid(
                gettext("Keep it under %(LONGEST_AVOID)s characters.") % {"LONGEST_AVOID": LONGEST_AVOID},
                field="avoid",
            )
        planned.save(update_fields=["avoid"])
        changed = True
    if changed:
        _settle(planned, unlawful(planned.requisition, lines), knowingly=knowingly, by=by, now=now)
        data = {"what": kept(f"changed the kit of {planned.name}")}
        record("plan.changed", subject=planned.requisition, by=by, now=now, data=data)
    return planned


@transaction.atomic
def assess(*, planned_id: int, criterion_id: int, by: User, now: datetime) -> PlannedInterview:
    """Let an interview assess one criterion more."""
    planned = fetch.interview(planned_id, by)
    criterion = planned.requisition.criteria.filter(pk=criterion_id).first()
    if criterion is None:
        raise Invalid(gettext("This is not asked for in this role any more."), field="criterion_id")
    if not planned.criteria.filter(pk=criterion_id).exists():
        planned.criteria.add(criterion)
        data = {"what": kept(f"had {criterion.name} assessed in {planned.name}")}
        record("plan.changed", subject=planned.requisition, by=by, now=now, data=data)
    return planned


@transaction.atomic
def stop_assessing(*, planned_id: int, criterion_id: int, by: User, now: datetime) -> PlannedInterview:
    """Let an interview assess one criterion less; refused where its kit asks about it."""
    planned = fetch.interview(planned_id, by)
    criterion = planned.criteria.filter(pk=criterion_id).first()
    if criterion is None:
        return planned
    if planned.questions.filter(criterion=criterion_id).exists():
        raise Invalid(
            gettext("The kit of %(planned)s asks about %(criterion)s: take the question out there first.")
            % {"planned": planned.name, "criterion": criterion.name},
            field="interviews",
        )
    planned.criteria.remove(criterion)
    data = {"what": kept(f"no longer has {criterion.name} assessed in {planned.name}")}
    record("plan.changed", subject=planned.requisition, by=by, now=now, data=data)
    return planned


def unlawful(requisition: Requisition, lines: Sequence[Line]) -> list[Finding]:
    """What may not be asked or judged by, by the law of the role's place."""
    place = requisition.jurisdiction
    found = [
        one
        for line in lines
        for text, use in ((line.text, Use.QUESTION), (line.good, Use.FEEDBACK))
        for one in check(text, use=use, jurisdiction=place)
    ]
    return [one for one in found if one.is_unlawful]


def _settle(
    planned: PlannedInterview, found: Sequence[Finding], *, knowingly: str, by: User, now: datetime
) -> None:
    if not found:
        return
    words = ", ".join(dict.fromkeys(quoted(one.words) for one in found))
    why = knowingly.strip()
    if not why:
        raise Invalid(
            gettext(
                "Asking %(words)s would be unlawful: ask something else, or say why you ask it knowingly."
            )
            % {"words": words},
            field="knowingly",
        )
    if len(why) > LONGEST_WHY:
        raise Invalid(
            gettext("Keep the reason under %(LONGEST_WHY)s characters.") % {"LONGEST_WHY": LONGEST_WHY},
            field="knowingly",
        )
    data = {"interview": planned.name, "planned_id": planned.pk, "words": words, "why": why}
    record("plan.asked_knowingly", subject=planned.requisition, by=by, now=now, data=data)


def _cleaned(questions: Sequence[Line]) -> list[Line]:
    lines = [Line(line.text.strip(), line.good.strip(), line.criterion) for line in questions]
    lines = [line for line in lines if line.text or line.good]
    if len(lines) > MOST_QUESTIONS:
        raise Invalid(gettext("Nobody answers more questions than that in one talk."), field="questions")
    for line in lines:
        if not line.text or len(line.text) > LONGEST_QUESTION:
            raise Invalid(
                gettext("Write the question in at most %(LONGEST_QUESTION)s characters.")
                % {"LONGEST_QUESTION": LONGEST_QUESTION},
                field="questions",
            )
        if len(line.good) > LONGEST_GOOD:
            raise Invalid(
                gettext("Say what good looks like in at most %(LONGEST_GOOD)s characters.")
                % {"LONGEST_GOOD": LONGEST_GOOD},
                field="questions",
            )
    return lines


def _criteria(requisition: Requisition, criterion_ids: Sequence[int], lines: Sequence[Line]) -> set[int]:
    wanted = {*criterion_ids, *(line.criterion for line in lines if line.criterion is not None)}
    known = set(requisition.criteria.filter(pk__in=wanted).values_list("pk", flat=True))
    if known != wanted:
        raise Invalid(
            gettext("What the role takes was changed meanwhile: look at it again."), field="criterion_ids"
        )
    return wanted


def _write_criteria(planned: PlannedInterview, wanted: set[int]) -> bool:
    if set(planned.criteria.values_list("pk", flat=True)) == wanted:
        return False
    planned.criteria.set(wanted)
    return True


def _write_questions(planned: PlannedInterview, lines: Sequence[Line]) -> bool:
    before = [
        Line(row.text, row.good, row.criterion_id) for row in planned.questions.order_by("position", "id")
    ]
    if before == list(lines):
        return False
    planned.questions.all().delete()
    KitQuestion.objects.bulk_create(
        KitQuestion(
            interview=planned, position=position, text=line.text, good=line.good, criterion_id=line.criterion
        )
        for position, line in enumerate(lines)
    )
    return True
