"""Who arranges an interview lets somebody sit in, or confirms that somebody interviews alone anyway."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.compose import words
from candidates.interviews import workflow
from candidates.interviews.actions import invite, seat
from candidates.interviews.models import Interview, InterviewSeat, SeatKind, Shadowing
from candidates.shadowing import queries
from candidates.shadowing.models import AloneConfirmed, AlonePlanned
from candidates.shadowing.queries import Alone
from requisitions.models import PlannedInterview

LONGEST_REASON = 300


@transaction.atomic
def let_in(*, interview_id: int, user_id: int, by: User, now: datetime) -> Shadowing:
    """This person sits in: they and the candidate are told, and everybody else with whom they are there."""
    interview = _ahead(interview_id, by, now)
    user = next((each for each in queries.choosable(interview) if each.pk == user_id), None)
    if user is None:
        raise Invalid(gettext("Only people of the hiring team or of its pool can sit in."), field="user")
    if seat.booked_at_that_time([user.pk], interview):
        raise Conflict(gettext("%(user)s has another interview at that time.") % {"user": user})
    place = seat.new_seat(interview, user, None)
    place.kind = SeatKind.SHADOW
    place.save()
    found = Shadowing.objects.create(seat=place)
    _next_sequence(interview)
    _noted("shadowing.added", interview, place, by=by, now=now)
    invite.sits_in(interview, place, now=now)
    fetch.touched(interview.application, now=now)
    return found


@transaction.atomic
def let_out(*, interview_id: int, seat_id: int, by: User, now: datetime) -> None:
    """They do not sit in after all; their calendar is told."""
    interview = _ahead(interview_id, by, now)
    shadows = interview.seats.filter(kind=SeatKind.SHADOW, released=False).select_related("user")
    place = shadows.filter(pk=seat_id).first()
    if place is None:
        raise Missing(gettext("Nobody sits in there."))
    _out(interview, place, by=by, now=now)


def leave(*, user_id: int, by: User | None, now: datetime) -> None:
    """Somebody has no access any more: they sit in nowhere, and who would have met them is told.

    Inside the caller's transaction, which holds these applications (see `listeners`).
    """
    places = queries.sits_in_ahead(user_id).filter(interview__starts_at__gt=now)
    for place in places.select_related("user", "interview__application").order_by("interview", "pk"):
        place.interview.application = fetch.relocked(place.interview.application)
        _out(place.interview, place, by=by, now=now)


def _out(interview: Interview, place: InterviewSeat, *, by: User | None, now: datetime) -> None:
    seat.release([place])
    _next_sequence(interview)
    _noted("shadowing.removed", interview, place, by=by, now=now)
    invite.sits_in_no_more(interview, place, now=now)
    fetch.touched(interview.application, now=now)


@transaction.atomic
def confirm_alone(*, interview_id: int, reason: str, by: User, now: datetime) -> AloneConfirmed:
    """Whoever is alone here, and has not sat in often enough, can: by name, with the reason, on record."""
    interview = _ahead(interview_id, by, now)
    said = _why(reason)
    alone = queries.alone_at(interview)
    if alone is None or alone.seat is None:
        raise WrongState(gettext("Nobody is alone here who has still to sit in."))
    found = AloneConfirmed.objects.create(seat=alone.seat, reason=said, by=by, at=now)
    data = {"interview_id": interview.pk, **_facts(alone, said)}
    about = interview.application.about()
    record("shadowing.alone_confirmed", subject=interview, by=by, now=now, data=data, **about)
    return found


@transaction.atomic
def confirm_planned(
    *, application_id: int, planned_id: int, reason: str, by: User, now: datetime
) -> AlonePlanned:
    """Whom the plan names alone for an interview can hold it, for this candidate and whoever comes after."""
    application = seat.arranged(application_id, by)
    said = _why(reason)
    lock(PlannedInterview, planned_id)
    rules = queries.rules_at(application.requisition.organisation_id)
    planned = queries.planned_alone(application, rules) if rules else []
    alone = next((one for one in planned if one.planned and one.planned.pk == planned_id), None)
    if alone is None or alone.planned is None:
        raise WrongState(gettext("The plan names nobody alone there who has still to sit in."))
    found = AlonePlanned.objects.create(planned=alone.planned, user=alone.user, reason=said, by=by, at=now)
    data = {"planned_id": planned_id, **_facts(alone, said)}
    record("shadowing.alone_confirmed", subject=found, by=by, now=now, data=data)
    return found


def _why(reason: str) -> str:
    said = words.typed(reason)
    if not said:
        raise Invalid(gettext("Say why they can interview alone."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Invalid(
            gettext("Keep the reason under %(most)s characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    return said


def _facts(alone: Alone, reason: str) -> dict[str, Any]:
    return {
        "name": alone.what,
        "interviewer": str(alone.user),
        "interviewer_id": alone.user.pk,
        "seen": alone.seen,
        "needed": alone.needed,
        "reason": reason,
    }


def _ahead(interview_id: int, by: User, now: datetime) -> Interview:
    interview = seat.interview_for(interview_id, by)
    workflow.check_ahead(interview.state)
    if interview.starts_at <= now:
        raise WrongState(gettext("It has begun already."))
    return interview


def _next_sequence(interview: Interview) -> None:
    interview.sequence += 1
    interview.save(update_fields=["sequence"])


def _noted(verb: str, interview: Interview, place: InterviewSeat, *, by: User | None, now: datetime) -> None:
    data = {"interview_id": interview.pk, "name": interview.name}
    whom = {"shadow": str(place.user), "shadow_id": place.user_id}
    record(verb, subject=interview, by=by, now=now, data=data | whom, **interview.application.about())
