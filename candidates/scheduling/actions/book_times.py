"""Booking interviews: by a coordinator, or by the candidate alone. Whoever comes second is told the next times."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.accounts.models import User
from ats.kernel import staff_words
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from candidates.applications.actions import fetch
from candidates.applications.actions.fetch import touched
from candidates.applications.models import Application, ApplicationState
from candidates.applications.workflow import check_active
from candidates.compose import words
from candidates.internal.queries import kept_people, stand_ins
from candidates.interviews import workflow
from candidates.interviews.actions import invite, seat
from candidates.interviews.actions.plan_work import plan_end
from candidates.interviews.models import Interview, InterviewState
from candidates.people.models import Candidate
from candidates.scheduling import workflow as requests
from candidates.scheduling.actions import ask_interviewers, refuse
from candidates.scheduling.domain.slots import Meeting, Search, Slot, slot_at, starts_of
from candidates.scheduling.models import BookingRequest, BookingState, BookingWay
from candidates.scheduling.queries import availability
from requisitions.models import PlannedInterview, TeamMember

ENDED = gettext_lazy("This application is no longer in play: nothing can be booked for it.")
LONGEST_NEEDS = 2000


@transaction.atomic
def book(
    *,
    application_id: int,
    planned_id: int,
    starts_at: datetime,
    user_ids: Sequence[int] | None = None,
    by: User,
    now: datetime,
    anyway: bool = False,
) -> Interview:
    """Book one interview of the plan at a time, with these people or whoever of the plan is free.

    `anyway` books named people also outside their hours, and over what stands in their own calendars: two
    interviews at one time the database never lets through. A time that does not suit is `Taken`.
    """
    held = availability.hold(application_id, [planned_id], beside=user_ids or ())
    application = seat.arranged(application_id, by)
    planned = availability.planned_of(application, [planned_id])
    _check(application, planned, starts_at=starts_at, now=now)
    if user_ids is None:
        needs = availability.needs_of(planned)
    else:
        needs = (availability.need_as_given(planned[0], _allowed(application, planned[0], user_ids)),)
    search = availability.search(
        application, needs, now=now, held=held, **availability.days_from(application, starts_at)
    )
    slot = slot_at(search, [starts_at])
    if slot is None and anyway and user_ids is not None:
        slot = Slot((Meeting(needs[0], starts_at, needs[0].fixed, needs[0].members),))
    if slot is None:
        raise refuse.taken(search, starts_at)
    return _book(application, slot, planned, search=search, by=by, now=now)[0]


@transaction.atomic
def book_row(
    *,
    application_id: int,
    planned_ids: Sequence[int],
    slot_key: str,
    breaks: tuple[int, int] = (0, 30),
    by: User,
    now: datetime,
) -> list[Interview]:
    """Book several interviews of the plan in a row, at the times of a slot that was offered."""
    held = availability.hold(application_id, planned_ids)
    application = seat.arranged(application_id, by)
    planned = availability.planned_of(application, planned_ids)
    starts = starts_of(slot_key)
    _check(application, planned, starts_at=starts[0], now=now)
    search = availability.search(
        application,
        availability.needs_of(planned),
        now=now,
        breaks=breaks,
        held=held,
        **availability.days_from(application, starts[0]),
    )
    slot = slot_at(search, starts)
    if slot is None:
        raise refuse.taken(search, starts[0])
    return _book(application, slot, planned, search=search, by=by, now=now)


@transaction.atomic
def pick(
    *, request: BookingRequest, slot_key: str, candidate: Candidate, now: datetime, needs: str = ""
) -> list[Interview]:
    """The candidate takes one of the offered times; `needs` is what they say privately that they need."""
    if request.application.candidate_id != candidate.pk:
        raise Missing(staff_words.gettext("No such times."))
    held = availability.hold(request.application_id, request.wanted.values_list("planned", flat=True))
    application = fetch.relocked(request.application)
    request = BookingRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    request.application = application
    if application.state != ApplicationState.ACTIVE:
        raise WrongState(requests.OVER[BookingState.CANCELLED])
    if request.way != BookingWay.PICK:
        raise WrongState(gettext_lazy("These interviews are booked by us, once you have said when you can."))
    requests.check(request.state, BookingState.BOOKED)
    if request.expires_at <= now:
        raise WrongState(requests.OVER[BookingState.EXPIRED])
    starts = starts_of(slot_key)
    if starts[0] <= now:
        raise Invalid(gettext_lazy("This time has passed. Choose another one."), field="slot")
    planned = availability.wanted(request)
    search = availability.for_request(request, now=now, held=held)
    slot = slot_at(search, starts)
    if slot is None:
        raise refuse.taken(search, starts[0])
    said = words.typed(needs)[:LONGEST_NEEDS]
    return _book(application, slot, planned, search=search, by=candidate, now=now, needs=said)


@transaction.atomic
def say_needs(*, interview: Interview, needs: str, candidate: Candidate, now: datetime) -> Interview:
    """What the candidate says privately that they need; the recruiting team alone reads it."""
    interview = seat.interview_for(interview.pk, candidate)
    workflow.check_ahead(interview.state)
    interview.accessibility = words.typed(needs)[:LONGEST_NEEDS]
    interview.save(update_fields=["accessibility"])
    return interview


def _check(
    application: Application, planned: Sequence[PlannedInterview], *, starts_at: datetime, now: datetime
) -> None:
    check_active(application.state)
    if starts_at <= now:
        raise Invalid(
            gettext_lazy("This time has passed already: choose one that lies ahead."), field="starts_at"
        )
    if starts_at > now + availability.FARTHEST:
        raise Invalid(gettext_lazy("Choose a time within the next twelve months."), field="starts_at")
    for each in planned:
        ahead = application.interviews.ahead().filter(planned=each).first()
        if ahead is not None:
            said = staff_words.gettext("%(planned)s is booked already: move it instead.")
            raise Conflict(said % {"planned": each.name})


def _allowed(application: Application, planned: PlannedInterview, user_ids: Sequence[int]) -> list[int]:
    """These people, if each is of the plan, its pool or the role's team; nobody of another role."""
    if not user_ids:
        raise Invalid(staff_words.gettext("Choose who takes part."), field="user_ids")
    team = TeamMember.objects.filter(requisition=application.requisition_id, user__is_active=True)
    allowed = {*team.values_list("user", flat=True), *availability.people_of(planned)}
    allowed = (allowed | stand_ins(application.pk)) - kept_people(application.pk)
    if not set(user_ids) <= allowed:
        raise Invalid(
            staff_words.gettext("Only people of the plan, its pool or the hiring team can interview."),
            field="user_ids",
        )
    return list(user_ids)


def _book(
    application: Application,
    slot: Slot,
    planned: Sequence[PlannedInterview],
    *,
    search: Search,
    by: User | Candidate,
    now: datetime,
    needs: str = "",
) -> list[Interview]:
    users = {number: person.user for number, person in search.people.items()}
    with refuse.faster(lambda: refuse.taken(search, slot.starts_at)):
        booked = [
            seat.write(application, meeting, each, users=users, by=by, now=now, accessibility=needs)
            for meeting, each in zip(slot.meetings, planned, strict=True)
        ]
    _settle_request(application, booked, now=now)
    ask_interviewers.end_for_application(
        application.pk,
        why="it is booked",
        by=by,
        now=now,
        planned_ids=[each.pk for each in planned],
    )
    for interview, meeting in zip(booked, slot.meetings, strict=True):
        people = [users[user] for user in meeting.user_ids]
        seat.tell("interview.booked", interview, people, by=by, now=now)
        plan_end(interview)
    invite.booked(*booked, now=now)
    touched(application, now=now)
    return booked


def _settle_request(application: Application, booked: list[Interview], *, now: datetime) -> None:
    """The question for these times is answered once everything that was asked for is booked."""
    request = application.booking_requests.live().first()
    if request is None:
        return
    wanted = set(request.wanted.values_list("planned", flat=True))
    mine = [interview for interview in booked if interview.planned_id in wanted]
    application.interviews.filter(pk__in=[interview.pk for interview in mine]).update(request=request)
    there = request.interviews.filter(state__in=[InterviewState.BOOKED, InterviewState.HELD])
    if mine and wanted <= set(there.values_list("planned", flat=True)):
        requests.check(request.state, BookingState.BOOKED)
        request.state, request.settled_at = BookingState.BOOKED, now
        request.save(update_fields=["state", "settled_at"])
