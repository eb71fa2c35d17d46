"""What comes between a booking and the interview: moved, cancelled, replaced, nobody there, ended."""

from datetime import timedelta

import pytest

from ats.calendars.models import BusyTime
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import Activity
from candidates.applications import actions as applications
from candidates.interviews.actions import settle
from candidates.interviews.models import Interview, InterviewSeat
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.scheduling import actions as booking
from candidates.scheduling.queries import pools
from tests import factories
from tests.candidates.helpers import days, mails, open_one, run_lane, story
from tests.candidates.interviews.builders import (
    ask,
    at,
    book,
    hours,
    in_play,
    interviewers,
    plan,
    pool,
    seats,
)
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture
def role(db):
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


def test_both_sides_reschedule_with_a_reason(role, application):
    people = interviewers(role, 2)
    planned = plan(role, pool=pool(role, *people))
    interview = book(application, planned, at(10, day=26))
    (was,) = seats(interview)
    (other,) = {person.pk for person in people} - {was}
    BusyTime.objects.create(user_id=was, period=(at(14, day=26), at(15, day=26)))
    candidate = application.candidate
    with pytest.raises(Invalid, match="Say why"):
        booking.reschedule(interview=interview, starts_at=at(11, day=26), reason=" ", by=candidate, now=NOW)
    # Half an hour later it overlaps only with itself.
    moved = booking.reschedule(
        interview=interview, starts_at=at(10, 30, day=26), reason="A train.", by=candidate, now=NOW
    )
    assert (moved.sequence, moved.changes, seats(moved)) == (1, 1, {was})
    assert (moved.candidate_reply, moved.candidate_replied_at) == ("accepted", NOW)
    # Who cannot come then is replaced from the pool, and told so.
    moved = booking.reschedule(
        interview_id=interview.pk, starts_at=at(14, day=26), reason="A clash.", by=role.recruiter, now=NOW
    )
    assert (moved.uid, moved.sequence, seats(moved)) == (interview.uid, 2, {other})
    assert (moved.candidate_reply, moved.candidate_replied_at) == ("needs-action", None)
    assert [mail.to for mail in mails("interviewer.released")] == [
        person.email for person in people if person.pk == was
    ]
    with pytest.raises(WrongState, match="less than 24 hours"):
        booking.reschedule(interview=moved, starts_at=at(9, day=27), reason="No.", by=candidate, now=at(15))
    with pytest.raises(Missing):
        booking.cancel(interview=moved, reason="No.", by=factories.make_candidate(), now=NOW)
    assert story(application)[-1] == ("News about your interview", "open")
    run_lane("tasks", at(11, 31, day=26))  # when it would have ended before
    assert Interview.objects.get().state == "booked"
    assert Activity.objects.filter(verb="interview.moved").count() == 2


def test_cancelling_frees_everybody_and_owes_a_new_time(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    interview = book(application, planned, at(10, day=26))
    booking.cancel(interview=interview, reason="I am ill.", by=application.candidate, now=NOW)
    interview.refresh_from_db()
    assert (interview.state, interview.cancelled_by_candidate, interview.sequence) == ("cancelled", True, 1)
    assert seats(interview) == set()
    assert (open_one(application).what, open_one(application).side) == (
        "A time for your interview",
        "scheduling",
    )
    assert len(mails("interviewer.cancelled")) == 1
    with pytest.raises(WrongState, match="cancelled"):
        booking.cancel(interview=interview, reason="Again.", by=role.recruiter, now=NOW)
    assert book(in_play(role), planned, at(10, day=26)).state == "booked"


def test_a_substitute_of_the_pool_first(role, application):
    people = interviewers(role, 3)
    planned = plan(role, people[0], pool=pool(role, *people[1:]), needed=2)
    interview = book(application, planned, at(10))
    seat = InterviewSeat.objects.get(interview=interview, user=people[1])
    BusyTime.objects.create(user=role.recruiter, period=(at(9), at(11)))
    assert [(each.user, each.why) for each in pools.substitutes(interview)] == [
        (people[2], "of the pool"), (role.hiring_manager, "of the hiring team"),
    ]  # fmt: skip
    replace = {"interview_id": interview.pk, "seat_id": seat.pk, "by": role.recruiter, "now": NOW}
    with pytest.raises(Conflict, match="not free"):
        booking.replace_interviewer(**replace, user_id=role.recruiter_id)
    with pytest.raises(Invalid, match="hiring team"):
        booking.replace_interviewer(**replace, user_id=factories.make_user("interviewer").pk)
    added = booking.replace_interviewer(**replace, user_id=people[2].pk)
    assert added.pool_member.user == people[2]
    assert seats(interview) == {people[0].pk, people[2].pk}
    with pytest.raises(Missing):
        booking.replace_interviewer(**replace, user_id=people[1].pk)
    # Who leaves, or is off the team, shows as wanting one.
    assert list(wanting_substitutes()) == []
    people[0].is_active = False
    people[0].save()
    assert [each.user for each in wanting_substitutes()] == [people[0]]


def test_a_substitute_s_own_day_decides(role, application):
    people = interviewers(role, 2, time_zone="Pacific/Auckland")
    members = pool(role, people[1])
    planned = plan(role, people[0], pool=members, needed=1)
    for person in people:
        hours(person, {day: [("00:00", "24:00")] for day in range(7)})
    interview = book(application, planned, at(14))
    # At two in the afternoon of the 25th it is three in the morning of the 26th there.
    member = members.members.get()
    for away_until, why in ((at(0).date(), "of the pool"), (at(0, day=26).date(), "of the hiring team")):
        member.paused_until = away_until
        member.save()
        assert {each.user: each.why for each in pools.substitutes(interview)}[people[1]] == why


def test_nobody_came(role, application):
    (person,) = interviewers(role, 1)
    interview = book(application, plan(role, person), at(10))
    with pytest.raises(WrongState, match="not begun"):
        settle.mark_no_show(interview_id=interview.pk, by=role.recruiter, now=NOW)
    run_lane("tasks", at(11, 1))
    settle.mark_no_show(interview_id=interview.pk, by=role.recruiter, now=at(12))
    assert Interview.objects.get().state == "no_show"
    with pytest.raises(WrongState):
        booking.cancel(interview=interview, reason="Late.", by=role.recruiter, now=at(12))
    # What they are promised is what happens next, whatever was promised before.
    promise = open_one(application)
    assert (promise.what, promise.side, promise.kind) == ("Word on how we go on", "recruiter", "news")
    assert promise.due_at == at(17, day=27)
    assert story(application)[-2:] == [
        ("News about your interview", "released"),
        ("Word on how we go on", "open"),
    ]


def test_who_did_not_come_may_get_another_time_or_has_one_more_interview(role):
    (person,) = interviewers(role, 1)
    first, second = plan(role, person), plan(role, person)

    def not_come(interview, **facts):
        settle.mark_no_show(
            interview_id=interview.pk,
            by=role.recruiter,
            now=interview.starts_at + timedelta(minutes=20),
            **facts,
        )

    again = in_play(role)
    not_come(book(again, first, at(10)), another_time=True)
    promise = open_one(again)
    assert (promise.what, promise.side) == ("A time for your interview", "scheduling")
    for facts in ({}, {"another_time": True}):
        more = in_play(role)
        hour = 12 if facts else 14
        interview = book(more, first, at(hour))
        book(more, second, at(hour, day=26))
        due = open_one(more).due_at
        not_come(interview, **facts)
        promise = open_one(more)
        assert (promise.what, promise.kind, promise.due_at) == ("News about your interview", "interview", due)


def test_the_end_of_an_application_calls_off_what_is_booked_when_they_have_been_told(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    interview = book(application, planned, at(10, day=27))
    reject = {"reason": "experience", "by": role.recruiter, "now": NOW, "message": ("News", "We decided.")}
    reject["reason"] = factories.make_reason().code
    applications.reject(application_id=application.pk, **reject)
    run_lane("tasks", NOW)
    assert seats(interview) == {person.pk}  # the letter has not left; it may still be taken back
    applications.undo_decision(application_id=application.pk, by=role.recruiter, now=days(0.001))
    run_lane("tasks", days(0.5))
    assert Interview.objects.get().state == "booked"
    applications.reject(application_id=application.pk, **reject | {"now": days(0.6)})
    run_lane("tasks", days(0.61))
    run_lane("tasks", days(1.5))
    assert Interview.objects.get().state == "cancelled"
    assert seats(interview) == set()
    gone = in_play(role)
    ask(gone, planned)
    applications.withdraw(application=gone, by=gone.candidate, reason_text="", now=NOW)
    assert gone.booking_requests.get().state == "cancelled"
