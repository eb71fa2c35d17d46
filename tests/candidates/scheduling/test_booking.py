"""Booking: who may, what is refused, what follows, and what becomes of the promise."""

from datetime import date

import pytest

from ats.calendars.models import BusyTime
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import Activity
from candidates.interviews.models import Interview
from candidates.models import Application
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from candidates.scheduling.domain.slots import free_slots
from candidates.scheduling.queries import availability
from tests import factories
from tests.candidates.helpers import days, mails, open_one, run_lane, story, whole
from tests.candidates.interviews.builders import (
    ask,
    at,
    book,
    hours,
    in_play,
    interviewers,
    later,
    plan,
    pool,
    seats,
    verbs,
)
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture
def role(db):
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


def search(application, *planned, **facts):
    return availability.search(application, availability.needs_of(planned), now=NOW, **facts)


def test_a_coordinator_books_a_panel(role, application):
    people = interviewers(role, 2)
    planned = plan(role, *people)
    interview = book(application, planned, at(10))
    assert (interview.state, interview.name, interview.ends_at) == ("booked", "Conversation 1", at(11))
    assert seats(interview) == {person.pk for person in people}
    assert interview.kit["purpose"] == "To find out."
    assert verbs(application) == ["interview.booked"]
    (entry,) = Activity.objects.filter(verb="interview.booked")
    assert entry.data["user_ids"] == [person.pk for person in people]
    assert len(mails("interview.booked")) == 1
    assert len(mails("interviewer.booked")) == 2
    promise = open_one(application)
    assert (promise.kind, promise.what) == ("interview", "News about your interview")
    assert promise.due_at == factories.NOW.replace(month=12, day=2, hour=17)
    # Its end makes it held, by the clock; and not before.
    run_lane("tasks", at(10, 59))
    assert Interview.objects.get().state == "booked"
    run_lane("tasks", at(11, 1))
    assert Interview.objects.get().state == "held"


def test_what_cannot_be_booked(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    stranger = factories.make_user("interviewer")
    other = plan(factories.make_requisition(), stranger)
    other_application = in_play(role)
    with pytest.raises(Invalid, match="passed already"):
        book(application, planned, at(9, day=24))
    with pytest.raises(Invalid, match="of this role's plan"):
        book(application, other, at(10))
    with pytest.raises(Invalid, match="of the plan, its pool or the hiring team"):
        book(application, planned, at(10), user_ids=[stranger.pk])
    with pytest.raises(Missing):
        book(application, planned, at(10), by=stranger)
    with pytest.raises(booking.Taken) as night:
        book(application, planned, at(3))
    assert [slot.starts_at for slot in night.value.slots] == [at(9), at(9, 30), at(10, 30)]
    book(other_application, planned, at(10))
    with pytest.raises(booking.Taken, match="no longer free") as lost:
        book(application, planned, at(10))
    assert at(10) not in {slot.starts_at for slot in lost.value.slots}
    # Nobody is in two interviews at once, whoever insists.
    with pytest.raises(Conflict):
        book(application, planned, at(10, 30), user_ids=[person.pk], anyway=True)
    # Outside working hours it is the coordinator's to know better.
    assert book(application, planned, at(7), user_ids=[person.pk], anyway=True).starts_at == at(7)
    with pytest.raises(Conflict, match="booked already"):
        book(application, planned, at(14))
    assert Interview.objects.count() == 2


def test_hours_blocks_buffers_and_holidays_are_respected(role, application):
    (person,) = interviewers(role, 1, time_zone="Europe/Berlin")
    hours(person, {2: [("09:00", "13:00")], 3: [("09:00", "17:00")]}, buffer=15)
    role.organisation.calendar.holidays.create(date=at(0, day=26).date(), name="A day off")
    BusyTime.objects.create(user=person, period=(at(9), at(9, 45)))
    planned, application = plan(role, person), whole(application)
    found = free_slots(search(application, planned, latest=at(0, day=27).date()))
    # Wednesday nine to one in Berlin is eight to twelve here; the block and a quarter around it are gone.
    assert [slot.starts_at for slot in found] == [at(10), at(10, 15), at(10, 30), at(10, 45), at(11)]
    book(application, planned, at(11))
    assert free_slots(search(whole(in_play(role)), planned, latest=at(0, day=27).date())) == []


def test_somebody_of_the_pool_fairly_and_not_above_their_limit(role):
    people = interviewers(role, 2)
    planned = plan(role, pool=pool(role, *people, limit=2))
    chosen = [seats(book(in_play(role), planned, at(9 + n, day=26))) for n in range(4)]
    first, second = ({person.pk} for person in people)
    assert chosen == [first, second, first, second]
    with pytest.raises(booking.Taken) as full:
        book(in_play(role), planned, at(14, day=26))
    # The week is full: the next ones are in the week after.
    assert {slot.starts_at.day for slot in full.value.slots} == {30}
    with pytest.raises(Conflict, match="agreed to"):
        book(in_play(role), planned, at(14, day=26), user_ids=[people[0].pk], anyway=True)


def test_the_candidate_picks_a_row_of_interviews(role, application):
    people = interviewers(role, 3)
    first, second = plan(role, people[0], same_day=False), plan(role, people[1], people[2], minutes=45)
    BusyTime.objects.create(user=people[1], period=(at(9), at(12)))
    request = ask(application, first, second, breaks=(15, 60))
    promise = open_one(application)
    assert (promise.side, promise.kind, promise.what) == (
        "candidate", "time", "Choosing a time for the interview",
    )  # fmt: skip
    assert len(mails("booking.pick")) == 1
    offered = free_slots(availability.for_request(request, now=NOW))
    # From tomorrow on: the plan says not the same day. The panel's first free hour decides on Wednesday.
    assert min(slot.starts_at for slot in offered) == at(10)
    booked = booking.pick(request=request, slot_key=offered[0].key, candidate=application.candidate, now=NOW)
    assert [(row.starts_at, row.candidate_reply) for row in booked] == [
        (at(10), "accepted"),
        (at(12), "accepted"),
    ]
    assert [mail.attachments.count() for mail in mails("interview.booked")] == [2]
    request.refresh_from_db()
    assert request.state == "booked"
    assert [interview.request_id for interview in application.interviews.all()] == [request.pk, request.pk]
    assert story(application) == [
        ("A time for your interview", "kept"),
        ("Choosing a time for the interview", "kept"),
        ("News about your interview", "open"),
    ]
    with pytest.raises(WrongState, match="booked already"):
        booking.pick(request=request, slot_key=offered[1].key, candidate=application.candidate, now=NOW)


def test_a_pick_that_comes_too_late_or_from_somebody_else(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    request = ask(application, planned, earliest=at(0).date(), latest=at(0).date())
    picked = {"request": request, "candidate": application.candidate, "now": NOW}
    with pytest.raises(Missing):
        booking.pick(**picked | {"candidate": factories.make_candidate()}, slot_key="20261125T1000Z")
    with pytest.raises(Invalid, match="Choose one of the times"):
        booking.pick(**picked, slot_key="tomorrow")
    with pytest.raises(booking.Taken):  # a day that was not offered
        booking.pick(**picked, slot_key="20261126T1000Z")
    book(in_play(role), planned, at(10))
    with pytest.raises(booking.Taken, match=r"no longer free\. The next 3 are: Wednesday 25 November"):
        booking.pick(**picked, slot_key="20261125T1000Z")
    with pytest.raises(Invalid, match="has passed"):
        booking.pick(**picked | {"now": at(12)}, slot_key="20261125T1100Z")
    # In time, and within the notice that was asked for.
    with pytest.raises(booking.Taken):
        booking.pick(**picked | {"now": at(3)}, slot_key="20261125T1400Z")
    run_lane("tasks", at(0, 1, day=26))
    request.refresh_from_db()
    assert request.state == "expired"
    with pytest.raises(WrongState, match="run out"):
        booking.pick(**picked | {"now": at(0, 2, day=26)}, slot_key="20261125T1400Z")
    assert (open_one(application).what, open_one(application).side) == (
        "A time for your interview",
        "scheduling",
    )
    assert len(mails("booking.expired")) == 1


def test_the_candidate_gives_times_and_the_coordinator_confirms(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    request = ask(application, planned, way="give")
    give = {"request": request, "note": "Mornings, best.", "candidate": application.candidate, "now": NOW}
    with pytest.raises(Invalid, match="60 minutes"):
        request_times.give(**give, times=[(at(9), at(9, 30))])
    with pytest.raises(Invalid, match="passed"):
        request_times.give(**give, times=[(at(9, day=23), at(11, day=23))])
    with pytest.raises(Invalid, match="ends before"):
        request_times.give(**give, times=[(at(11), at(9))])
    request = request_times.give(**give, times=[(at(9), at(11)), (at(10), at(12, day=26))])
    assert request_times.times_of(request) == [(at(9), at(12, day=26))]
    assert (open_one(application).side, open_one(application).what) == (
        "scheduling",
        "A time for your interview",
    )
    assert len(mails("booking.given")) == 1
    found = free_slots(availability.for_request(request, now=NOW, within=request_times.times_of(request)))
    assert {slot.starts_at.day for slot in found} == {25, 26}
    assert max(slot.ends_at for slot in found) <= at(12, day=26)
    book(application, planned, found[0].starts_at)
    request.refresh_from_db()
    assert request.state == "booked"


def test_asking_again_replaces_and_what_cannot_be_asked(role, application):
    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    first = ask(application, planned)
    second = ask(application, planned, way="give")
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "open")
    request_times.take_back(request_id=second.pk, reason="The role changes.", by=role.recruiter, now=NOW)
    assert open_one(application).what == "A time for your interview"
    with pytest.raises(Conflict, match="Nothing is free"):
        ask(application, planned, earliest=at(0, day=28).date(), latest=at(0, day=29).date())
    with pytest.raises(Invalid, match="before the first"):
        ask(application, planned, latest=at(0, day=20).date())
    with pytest.raises(Invalid, match="Too few people"):
        ask(application, plan(role, needed=2))
    book(application, planned, at(10))
    with pytest.raises(Conflict, match="booked already"):
        ask(application, planned)


def test_a_question_in_between_does_not_lose_the_interview(role, application):
    from candidates.messages.actions import receive, send

    (person,) = interviewers(role, 1)
    planned = plan(role, person)
    receive(candidate=application.candidate, application=application, body="How long?", now=NOW)
    book(application, planned, at(10, day=26))
    assert open_one(application).kind == "answer"
    send(application_id=application.pk, subject="Hello", body="An hour.", by=role.recruiter, now=days(0.1))
    assert (open_one(application).kind, open_one(application).what) == (
        "interview",
        "News about your interview",
    )
    send(application_id=application.pk, subject="Hello", body="See you.", by=role.recruiter, now=days(0.2))
    assert story(application)[-1] == ("News about your interview", "open")


def test_looking_for_times_costs_the_same_for_any_number_of_people(role, django_assert_num_queries):
    few = plan(role, pool=pool(role, *interviewers(role, 2)))
    crowd = interviewers(role, 12)
    many = plan(role, *crowd[:4], pool=pool(role, *crowd[4:]), needed=6)
    number = in_play(role).pk
    for each in (few, many):
        application = whole(Application(pk=number))
        with django_assert_num_queries(9):  # one of them: from whom it is kept
            planned = availability.planned_of(application, [each.pk])
            assert free_slots(availability.search(application, availability.needs_of(planned), now=NOW))


def test_what_the_weeks_ahead_offer_can_be_booked_and_moved_to(role, application):
    (person,) = interviewers(role, 1, time_zone="America/Los_Angeles")
    role.organisation.calendar.time_zone = "America/Los_Angeles"
    role.organisation.calendar.save()
    request = ask(application, plan(role, person, same_day=False))
    planned = availability.wanted(request)[0]
    # Four in the afternoon in Los Angeles is the next day in UTC already.
    interview = book(application, planned, at(0, day=26))
    moved = {"interview_id": interview.pk, "reason": "A clash.", "by": role.recruiter, "now": NOW}
    assert booking.reschedule(**moved, starts_at=later(days=23, hours=7)).changes == 1
    # What the candidate was promised as notice does not bind who arranges it with them.
    assert booking.reschedule(**moved, starts_at=at(18, day=24)).starts_at == at(18, day=24)
    assert book(in_play(role), planned, later(days=27, hours=7)).state == "booked"
    with pytest.raises(Invalid, match="twelve months"):
        book(in_play(role), planned, later(days=400))
    with pytest.raises(Invalid, match="twelve months"):
        booking.reschedule(**moved, starts_at=later(days=400))
    with pytest.raises(Invalid, match="twelve months"):
        search(application, planned, latest=date(9000, 1, 1))


def test_what_was_booked_by_hand_is_not_offered_again(role, application):
    people = interviewers(role, 2)
    first, second = plan(role, people[0]), plan(role, people[1])
    request = ask(application, first, second)
    book(application, first, at(10))
    request.refresh_from_db()
    assert (request.state, availability.wanted(request)) == ("open", [second])
    (booked,) = booking.pick(
        request=request, slot_key="20261125T1400Z", candidate=application.candidate, now=NOW
    )
    request.refresh_from_db()
    assert (request.state, booked.planned) == ("booked", second)
    # A second talk of the same kind, once the first has taken place: it is asked for anew.
    run_lane("tasks", at(15, 1))
    again = request_times.ask(
        application_id=application.pk, planned_ids=[first.pk, second.pk], by=role.recruiter, now=at(15, 2)
    )
    assert availability.wanted(again) == [first, second]
    book(application, first, at(10, day=27), now=at(15, 2))
    again.refresh_from_db()
    assert (again.state, availability.wanted(again)) == ("open", [second])


@pytest.mark.parametrize("key", ["tomorrow", "99991231T2359Z", "00010101T0000Z"])
def test_a_key_that_names_no_time(role, application, key):
    request = ask(application, plan(role, *interviewers(role, 1)))
    with pytest.raises(Invalid, match="Choose one of the times"):
        booking.pick(request=request, slot_key=key, candidate=application.candidate, now=NOW)
