"""A correction begins: the challenge, what each side changes, the day to look again; its figure is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import plan
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from ats.organisation.domain.due_days import why_not
from ats.organisation.domain.working_time import end_of
from partners.corrections import mails
from partners.corrections.actions.change import LONGEST, Change, checked, note
from partners.corrections.actions.fetch import OF_PARTNERSHIP
from partners.corrections.actions.look_again import LOOK_AGAIN, look_at
from partners.corrections.domain.challenges import Challenge
from partners.corrections.domain.measures import NAMEABLE
from partners.corrections.models import CorrectionStep, CourseCorrection
from partners.corrections.queries.challenges import found
from partners.corrections.queries.figures import before, read
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide

NAMED = "named"
FARTHEST = timedelta(days=90)
"""So far ahead lies at most the day to look again."""
LONGEST_WORDS = 2_000


@dataclass(frozen=True)
class Named:
    """A challenge in a partner's own words, and the figure that will say whether it got better."""

    said: str
    measure: str


@transaction.atomic
def start(
    *,
    partnership_id: int,
    challenge: str | Named,
    changes: Sequence[Change],
    look_again_on: date,
    by: User,
    now: datetime,
    words: str = "",
) -> CourseCorrection:
    """`challenge` is the key of one that the figures show at this moment, or named by the partners."""
    lock(Partnership, partnership_id)
    rows = Partnership.objects.select_related(*OF_PARTNERSHIP)
    partnership = get_for(rows, partnership_id, user=by, permission="partners.take_part", for_update=True)
    if partnership.state != PartnershipState.ACTIVE:
        raise WrongState(gettext("This role has ended, and its partnership with it."))
    chosen = _chosen(partnership, challenge, now=now)
    _check_day(partnership, look_again_on, now=now)
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise Invalid(
            gettext("Keep it under %(LONGEST_WORDS)s characters.") % {"LONGEST_WORDS": LONGEST_WORDS},
            field="words",
        )
    _lawful(partnership, chosen.said, words)
    correction = CourseCorrection(
        partnership=partnership,
        code=chosen.code,
        challenge=chosen.said,
        causes=list(chosen.causes),
        words=words,
        measure=chosen.measure,
        scope=chosen.scope,
        started_by=by,
        started_at=now,
        start_figure=_first_reading(partnership, chosen, now=now),
        look_again_on=look_again_on,
    )
    steps = [checked(correction, change, now=now) for change in changes]
    if {step.side for step in steps} != set(PartnerSide.values):
        raise Invalid(gettext("A course takes two: say what each side changes."), field="changes")
    _write(correction, steps)
    _tell(correction, steps, by=by, now=now)
    return correction


def _first_reading(partnership: Partnership, chosen: Challenge, *, now: datetime) -> dict[str, object]:
    since = before(partnership, now)
    return read(partnership, chosen.measure, chosen.scope, since=since, now=now).as_json()


def _write(correction: CourseCorrection, steps: list[CorrectionStep]) -> None:
    try:
        with transaction.atomic():
            correction.save()
    except IntegrityError as error:
        raise WrongState(gettext("The course is being corrected for this already.")) from error
    for step in steps:
        step.correction = correction
        step.save()


def _tell(correction: CourseCorrection, steps: list[CorrectionStep], *, by: User, now: datetime) -> None:
    record("correction.started", subject=correction, by=by, now=now, data={"challenge": correction.challenge})
    for step in steps:
        note("correction.step_added", step, by=by, now=now)
    due_at = look_at(correction)
    plan(LOOK_AGAIN, subject_id=correction.pk, due_at=due_at, key=f"{LOOK_AGAIN}:{correction.pk}")
    mails.send_started(correction, steps, by=by, now=now)


def _chosen(partnership: Partnership, challenge: str | Named, *, now: datetime) -> Challenge:
    if isinstance(challenge, str):
        known = {each.key: each for each in found(partnership, now=now)}
        if challenge not in known:
            raise Invalid(gettext("The figures do not show this any more: choose again."), field="challenge")
        return known[challenge]
    said = " ".join(challenge.said.split())
    if not said:
        raise Invalid(gettext("Say what slips."), field="said")
    if len(said) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="said")
    if challenge.measure not in NAMEABLE:
        raise Invalid(gettext("Choose the figure that will say whether it worked."), field="measure")
    return Challenge(NAMED, said, challenge.measure)


def _check_day(partnership: Partnership, day: date, *, now: datetime) -> None:
    calendar = partnership.requisition.organisation.calendar
    today = now.astimezone(calendar.zone).date()
    if not today < day <= today + FARTHEST:
        raise Invalid(
            gettext("Choose a day within the next %(days)s days.") % {"days": FARTHEST.days},
            field="look_again_on",
        )
    if closed := why_not(calendar, end_of(calendar, day)):
        raise Invalid(closed, field="look_again_on")


def _lawful(partnership: Partnership, said: str, words: str) -> None:
    what = f"The course correction on {partnership.requisition}"
    place = Place(name=f"correction:{partnership.pk}", what=what, about=partnership.about())
    lawful.check({"said": said, "words": words}, place=place)
