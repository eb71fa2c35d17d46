"""Changing what is booked: another time, another person, not at all, or nobody came."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy, ngettext

from ats.accounts.models import User
from ats.kernel import staff_words
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.languages import later
from ats.kernel.lawful import TOLD
from candidates.applications.actions import fetch
from candidates.applications.actions.fetch import touched
from candidates.applications.models import ApplicationState
from candidates.compose import lawful, words
from candidates.interviews import workflow
from candidates.interviews.actions import invite
from candidates.interviews.actions import seat as seating
from candidates.interviews.actions.plan_work import plan_end
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, SeatKind
from candidates.people.models import Candidate
from candidates.scheduling.actions import refuse, request_times
from candidates.scheduling.domain.slots import Meeting, Search, Slot, slot_at
from candidates.scheduling.models import BookingRequest
from candidates.scheduling.queries import availability, pools
from candidates.submissions.queries import check_put_forward

CHANGE_HOURS = 24
"""Until how long before it a candidate may change an interview, where nobody said otherwise."""


def changeable_until(interview: Interview) -> datetime:
    """Until when the candidate may change or cancel it alone."""
    request: BookingRequest | None = interview.request
    return interview.starts_at - timedelta(hours=request.change_hours if request else CHANGE_HOURS)


def search_again(interview: Interview, *, now: datetime, held: frozenset[int] | None = None) -> Search:
    """The times to which its candidate can move this interview; its own counts as free."""
    request = interview.request
    calendar = interview.application.calendar
    today = now.astimezone(calendar.zone).date()
    farthest = max(
        today + availability.DAYS_AHEAD * timedelta(days=1),
        interview.starts_at.astimezone(calendar.zone).date(),
    )
    return availability.search(
        interview.application,
        [availability.need_again(interview)],
        now=now,
        latest=max(request.latest, farthest) if request else farthest,
        notice=timedelta(hours=request.notice_hours) if request else timedelta(),
        same_day=interview.planned is None or interview.planned.same_day,
        leaving_out=[interview.pk],
        held=held,
    )


def _search_by_us(
    interview: Interview, starts_at: datetime, *, held: frozenset[int], now: datetime
) -> Search:
    """The same for who arranges it: any time in which everybody can, as the grid of a week shows them."""
    return availability.search(
        interview.application,
        [availability.need_again(interview)],
        now=now,
        leaving_out=[interview.pk],
        held=held,
        **availability.days_from(interview.application, starts_at),
    )


@transaction.atomic
def reschedule(
    *,
    interview: Interview | None = None,
    interview_id: int | None = None,
    starts_at: datetime,
    reason: str,
    by: User | Candidate,
    now: datetime,
    anyway: bool = False,
    proposer: User | Candidate | None = None,
) -> Interview:
    """Move it to another time, with a reason that the other side reads.

    Who cannot come then is replaced by somebody of the same pool; where that is not possible the time is
    `Taken`. The candidate can do it until `changeable_until`; a coordinator `anyway` also outside hours.
    `proposer`: whose own proposal this time is, who has said yes to it with that.
    """
    number = interview.pk if interview else interview_id or 0
    held = availability.hold_again(number)
    interview = seating.interview_for(number, by)
    said = _may_change(interview, reason, by=by, now=now)
    if starts_at <= now:
        raise Invalid(
            gettext_lazy("This time has passed already: choose one that lies ahead."), field="starts_at"
        )
    if starts_at == interview.starts_at:
        raise Invalid(gettext_lazy("It is at this time already."), field="starts_at")
    if starts_at > now + availability.FARTHEST:
        raise Invalid(gettext_lazy("Choose a time within the next twelve months."), field="starts_at")
    if isinstance(by, User):
        search = _search_by_us(interview, starts_at, held=held, now=now)
    else:
        search = search_again(interview, now=now, held=held)
    slot = slot_at(search, [starts_at])
    if slot is None and anyway and isinstance(by, User):
        there = seating.seats_of(interview)
        now_in_it = tuple(seat.user_id for seat in there if seat.kind == SeatKind.INTERVIEWER)
        slot = Slot((Meeting(search.needs[0], starts_at, now_in_it),))
    if slot is None:
        raise refuse.taken(search, starts_at)
    was = interview.starts_at
    with refuse.faster(lambda: refuse.taken(search, starts_at)):
        removed = _move(interview, slot.meetings[0], search, said=seating.said_by(proposer or by, now))
    people = seating.people_in(interview)
    zone = interview.application.calendar.zone
    facts = {"was": words.day(was, zone), "was_at": was.isoformat(), "reason": said}
    seating.tell("interview.moved", interview, people, by=by, now=now, **facts)
    invite.moved(interview, now=now, reason=said, removed=removed, proposer=proposer)
    plan_end(interview)
    touched(interview.application, now=now)
    return interview


def _move(
    interview: Interview, meeting: Meeting, search: Search, *, said: Mapping[str, Any]
) -> list[InterviewSeat]:
    """Write the new time to the interview and its seats; the seats of those who are no longer in it."""
    seats = seating.seats_of(interview)
    shadows = [seat for seat in seats if seat.kind == SeatKind.SHADOW]
    removed = [seat for seat in seats if seat not in shadows and seat.user_id not in meeting.user_ids]
    added = set(meeting.user_ids) - {seat.user_id for seat in seats}
    interview.starts_at, interview.ends_at = meeting.starts_at, meeting.ends_at
    interview.changes += 1
    interview.sequence += 1
    interview.time_sequence = interview.sequence
    for name, value in said.items():
        setattr(interview, name, value)
    interview.doubled = False  # at its new time it may not stand beside another
    interview.save(
        update_fields=["starts_at", "ends_at", "changes", "sequence", "time_sequence", "doubled", *said]
    )
    if shadows:  # they come along where they can; no time is chosen for them
        elsewhere = seating.booked_at_that_time([seat.user_id for seat in shadows], interview)
        removed += [seat for seat in shadows if seat.user_id in elsewhere]
    seating.release(removed)
    for seat in seats:
        if not seat.released:
            seating.place(seat, interview)
    InterviewSeat.objects.bulk_create(
        seating.new_seat(interview, search.people[user].user, meeting.members.get(user))
        for user in sorted(added)
    )
    return removed


@transaction.atomic
def cancel(*, interview: Interview, reason: str, by: User | Candidate, now: datetime) -> Interview:
    """It does not take place; the other side reads the reason, and everybody's time is free again."""
    interview = seating.interview_for(interview.pk, by)
    said = _may_change(interview, reason, by=by, now=now)
    seats = _cancel(interview, said, by=by, now=now)
    invite.cancelled(interview, now=now, reason=said, seats=seats)
    touched(interview.application, now=now)
    return interview


def _cancel(
    interview: Interview, reason: str, *, by: User | Candidate | None, now: datetime
) -> list[InterviewSeat]:
    """Cancel it; the seats of those who were in it, who have not been told."""
    workflow.check(interview.state, InterviewState.CANCELLED)
    seats = seating.seats_of(interview)
    interview.state, interview.settled_at = InterviewState.CANCELLED, now
    interview.cancel_reason, interview.cancelled_by_candidate = reason, isinstance(by, Candidate)
    interview.sequence += 1
    interview.save(
        update_fields=["state", "settled_at", "cancel_reason", "cancelled_by_candidate", "sequence"]
    )
    seating.release(seats)
    people = seating.interviewing(seats)
    seating.tell("interview.cancelled", interview, people, by=by, now=now, reason=reason)
    return seats


@transaction.atomic
def call_off(*, application_id: int, why: str, by: User | Candidate | None, now: datetime) -> int:
    """Cancel every interview of this application that lies ahead, and the open question for a time.

    The application has ended: its promise is settled already. Returns how many interviews there were.
    """
    found = fetch.found(application_id)
    if found is None:
        return 0
    application = fetch.relocked(found)
    rows = application.interviews.ahead().filter(starts_at__gt=now).order_by("starts_at", "pk")
    gone = []
    for interview in rows:
        interview.application = application
        gone.append((interview, _cancel(interview, why, by=by, now=now)))
    if gone:
        invite.called_off(gone, now=now, reason=why)
    request = application.booking_requests.live().first()
    if request is not None:
        request_times.close(request, application, reason=why, by=by, now=now)
    return len(gone)


@transaction.atomic
def replace_interviewer(
    *, interview_id: int, seat_id: int, user_id: int, by: User, now: datetime
) -> InterviewSeat:
    """Somebody else takes this seat: of the plan, its pool, or the hiring team, and free at that time."""
    interview = seating.interview_for(interview_id, by)
    workflow.check_ahead(interview.state)
    there = seating.seats_of(interview)
    seats = {seat.pk: seat for seat in there if seat.kind == SeatKind.INTERVIEWER}
    if seat_id not in seats:
        raise Missing(staff_words.gettext("This seat is not taken by anybody."))
    removed = seats[seat_id]
    substitute = pools.substitute(interview, user_id)
    check_put_forward(interview.application, people=[substitute.user])
    with refuse.faster():
        seating.release([removed])
        added = seating.new_seat(interview, substitute.user, substitute.member_id)
        added.save()
    interview.sequence += 1
    interview.save(update_fields=["sequence"])
    names = {"removed": str(removed.user), "added": str(added.user)}
    ids = {"removed_id": removed.user_id, "added_id": added.user_id, "seat_id": added.pk}
    people = seating.people_in(interview)
    seating.tell("interview.interviewer_replaced", interview, people, by=by, now=now, **names, **ids)
    invite.replaced(interview, removed=removed, added=added, now=now)
    touched(interview.application, now=now)
    return added


def _may_change(interview: Interview, reason: str, *, by: User | Candidate, now: datetime) -> str:
    """The reason as it is kept, if this person may change the interview now."""
    workflow.check_ahead(interview.state)
    if isinstance(by, Candidate) and now > changeable_until(interview):
        hours = interview.request.change_hours if interview.request else CHANGE_HOURS
        raise WrongState(
            later(
                lambda: (
                    ngettext(
                        "It begins in less than %(hours)s hour. Please write to us, and we see to it.",
                        "It begins in less than %(hours)s hours. Please write to us, and we see to it.",
                        hours,
                    )
                    % {"hours": hours}
                )
            )
        )
    if interview.application.state != ApplicationState.ACTIVE:
        raise Conflict(gettext_lazy("This application is no longer in play."))
    said = words.typed(reason)
    if not said:
        raise Invalid(gettext_lazy("Say why, in a few words."), field="reason")
    if len(said) > 300:
        raise Invalid(gettext_lazy("Keep the reason under 300 characters."), field="reason")
    if isinstance(by, User):
        what = "Why an interview changes, for"
        lawful.check(interview.application, {"reason": said}, where="interview", what=what, uses=TOLD)
    return said
