"""What each side changes: added, done, and handed on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from ats.organisation.domain.due_days import why_not
from ats.organisation.domain.working_time import end_of
from partners.corrections.actions.fetch import fetch
from partners.corrections.models import CorrectionState, CorrectionStep, CourseCorrection, Lever
from partners.corrections.rules import CORRECT
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of

LONGEST = 300


@dataclass(frozen=True)
class Change:
    """What somebody will change, as it was typed."""

    lever: str
    text: str
    owner_id: int
    due_on: date


@transaction.atomic
def add_step(*, correction_id: int, change: Change, by: User, now: datetime) -> CorrectionStep:
    """Put down what else one of the two sides changes."""
    correction = fetch(correction_id, by)
    if correction.state != CorrectionState.OPEN:
        raise WrongState(gettext("This correction is over."))
    step = checked(correction, change, now=now)
    step.save()
    note("correction.step_added", step, by=by, now=now)
    return step


def checked(correction: CourseCorrection, change: Change, *, now: datetime) -> CorrectionStep:
    """The step, not yet written; `Invalid` says what is wrong with it."""
    text, requisition = " ".join(change.text.split()), correction.partnership.requisition
    calendar = requisition.organisation.calendar
    if not text:
        raise Invalid(gettext("Say what will be changed."), field="text")
    if len(text) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="text")
    if change.lever not in Lever.values:
        raise Invalid(gettext("Choose what is changed."), field="lever")
    if not now.astimezone(calendar.zone).date() <= change.due_on <= correction.look_again_on:
        raise Invalid(gettext("Choose a day from today to the day on which you look again."), field="due_on")
    if closed := why_not(calendar, end_of(calendar, change.due_on)):
        raise Invalid(closed, field="due_on")
    owner = User.objects.filter(pk=change.owner_id, is_active=True).first()
    sides = sides_of(owner, requisition) if owner else set()
    if owner is None or not sides:
        raise Invalid(gettext("Choose one of the partners."), field="owner")
    _lawful(correction, text)
    return CorrectionStep(
        correction=correction,
        lever=change.lever,
        side=min(sides),
        owner=owner,
        text=text,
        due_on=change.due_on,
    )


def _lawful(correction: CourseCorrection, text: str) -> None:
    partnership = correction.partnership
    what = f"What is changed on {partnership.requisition}"
    name = f"correction:{partnership.pk}"
    lawful.check({"text": text}, place=Place(name=name, what=what, about=partnership.about()))


@transaction.atomic
def set_step_done(*, step_id: int, done: bool, by: User, now: datetime) -> CorrectionStep:
    """Either partner says that it is changed, or that it is not after all."""
    place = (
        CorrectionStep.objects.filter(pk=step_id).values_list("correction__partnership", flat=True).first()
    )
    lock(Partnership, place or 0)
    rows = CorrectionStep.objects.select_related(
        "owner", "correction__partnership__requisition__organisation"
    )
    step = get_for(rows, step_id, user=by, permission=CORRECT, for_update=True)
    if step.correction.state != CorrectionState.OPEN:
        raise WrongState(gettext("This correction is over: what was changed by then stays as it is."))
    if done != (step.done_at is not None):
        step.done_at = now if done else None
        step.save(update_fields=["done_at"])
        note("correction.step_done" if done else "correction.step_reopened", step, by=by, now=now)
    return step


def note(verb: str, step: CorrectionStep, *, by: User, now: datetime) -> None:
    data: dict[str, Any] = {
        "text": step.text,
        "lever": ours(step.get_lever_display)().lower(),
        "owner": str(step.owner),
        "due": date_format(step.due_on, "l j F"),
    }
    record(verb, subject=step, by=by, now=now, data=data)
