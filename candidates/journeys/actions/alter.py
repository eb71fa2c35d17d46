"""What a person does with the planned steps of one candidate: leave one out, send it now, move it."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import Entry, record_many
from ats.duework.tasks import hurry
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful, quiet_hours, words
from candidates.follow_ups.actions import LANE, sendable
from candidates.follow_ups.domain.journeys import DECISION, STEPS
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.domain.comparing import BY_HAND
from candidates.journeys.rules import STEP

LONGEST_REASON = 300
FARTHEST = timedelta(days=366)


@transaction.atomic
def leave_out(*, follow_up_id: int, reason: str, by: User, now: datetime) -> FollowUp:
    """This candidate does not get this step; what is owed cannot be left out."""
    row, application = _held(follow_up_id, by=by)
    _check_theirs(
        row,
        gettext("This is owed to the candidate: it cannot be left out. Undo what it says instead."),
    )
    why = reason_of(reason, application)
    row.state, row.reason, row.settled_at = FollowUpState.CANCELLED, why, now
    row.save(update_fields=["state", "reason", "settled_at"])
    _note("followup.left_out", row, application, by=by, now=now, reason=why)
    return row


@transaction.atomic
def send_now(*, follow_up_id: int, reason: str, by: User, now: datetime) -> FollowUp:
    """Do not wait for its time, but for its candidate's day; whether it is still true is looked at all the same."""
    row, application = _held(follow_up_id, by=by)
    if row.step == DECISION:
        raise WrongState(gettext("A decision waits until it can no longer be taken back."))
    why = reason_of(reason, application)
    row.due_at = _at_their_hours(row, now, application)
    row.payload = row.payload | {BY_HAND: True}
    row.save(update_fields=["due_at", "payload"])
    _note("followup.hurried", row, application, by=by, now=now, reason=why)
    hurry(LANE)
    return row


@transaction.atomic
def move_step(*, follow_up_id: int, due_at: datetime, reason: str, by: User, now: datetime) -> FollowUp:
    """Another time, at which its candidate may be written to; what is owed keeps its own."""
    row, application = _held(follow_up_id, by=by)
    _check_theirs(
        row,
        gettext("This is owed to the candidate: it cannot be moved. Undo what it says instead."),
    )
    if due_at <= now:
        raise Invalid(gettext("Give a time that lies ahead."), field="due_at")
    if due_at - now > FARTHEST:
        raise Invalid(gettext("Give a time within a year."), field="due_at")
    why = reason_of(reason, application)
    row.due_at = _at_their_hours(row, due_at, application)
    row.payload = row.payload | {BY_HAND: True}
    row.save(update_fields=["due_at", "payload"])
    when = words.day(row.due_at, application.calendar.zone)
    _note("followup.moved", row, application, by=by, now=now, reason=why, when=when)
    return row


def _held(follow_up_id: int, *, by: User) -> tuple[FollowUp, Application]:
    found = FollowUp.objects.filter(pk=follow_up_id).values_list("application_id", flat=True).first()
    application = fetch.locked(found or 0, user=by, permission=STEP)
    row = application.follow_ups.select_for_update(no_key=True).filter(pk=follow_up_id).first()
    if row is None:
        raise Missing("There is no such step.")
    if row.state != FollowUpState.WAITING:
        raise WrongState(gettext("This step has been taken, or left out, already."))
    row.application = application
    return row, application


def _check_theirs(row: FollowUp, refusal: str) -> None:
    house = STEPS.get(row.step)
    if house is not None and house.owed:
        raise WrongState(refusal)


def reason_of(reason: str, application: Application) -> str:
    """Why, in words that may be kept; `Invalid` where there are none."""
    why = words.typed(reason)
    if not why:
        raise Invalid(gettext("Say why."), field="reason")
    if len(why) > LONGEST_REASON:
        raise Invalid(
            gettext("Keep the reason under %(limit)s characters.") % {"limit": LONGEST_REASON}, field="reason"
        )
    lawful.check(application, {"reason": why}, where="step", what="The reason for", uses=TOLD)
    return why


def _at_their_hours(row: FollowUp, moment: datetime, application: Application) -> datetime:
    house = STEPS.get(row.step)
    if house is None:
        return quiet_hours.awake(moment, quiet_hours.zone_for(application))
    return sendable(house, moment, application)


def _note(
    verb: str, row: FollowUp, application: Application, *, by: User, now: datetime, **data: str
) -> None:
    facts = {"follow_up_id": row.pk, "step": row.label} | data
    record_many(verb, [Entry(row, facts, {**application.about()})], by=by, now=now)
