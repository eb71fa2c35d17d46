"""Interviewers and hiring managers say when they can: asked, given, looked within, and over."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from ats.accounts import actions as accounts
from ats.calendars.models import BusyTime
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import Activity
from candidates.applications import actions as applications
from candidates.scheduling.domain.given import Terms, problems
from candidates.scheduling.domain.slots import all_slots
from candidates.scheduling.queries import availability
from requisitions.interview_plan import actions as plans
from requisitions.models import TeamMember
from requisitions.roles import actions as roles
from tests import factories
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan, pool
from tests.candidates.scheduling.asking import ask, give, verbs
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def starts(application, planned):
    search = availability.search(application, availability.needs_of([planned]), now=NOW)
    return [slot.starts_at for slot in all_slots(search)]


# --- Asking


def test_somebody_who_is_to_sit_in_it_is_asked_with_one_mail(role, application, planned, person):
    asked = ask(application, planned, person)
    assert (asked.state, asked.due_at) == ("open", NOW.replace(day=26, hour=17))
    (mail,) = mails("scheduling.times_wanted")
    assert (mail.to, mail.subject) == (
        person.email,
        f"When can you meet {application.candidate.name}? Your times by Thursday 26 November",
    )
    assert f"http://testserver/interviews/times/{asked.pk}/" in mail.text
    (said,) = Activity.objects.filter(verb="availability.asked")
    assert (said.actor_id, said.data["interviewer_id"], said.data["side"]) == (
        role.recruiter.pk,
        person.pk,
        "manager",
    )
    with pytest.raises(Conflict, match="asked already"):
        ask(application, planned, person)


def test_who_asks_chooses_by_when(application, planned, person):
    for days in (0, 6, -1):
        with pytest.raises(Invalid, match="Choose from 1 to 5"):
            ask(application, planned, person, days=days)
    assert ask(application, planned, person, days=1).due_at == NOW.replace(day=25, hour=17)
    for_five = ask(application, planned, application.requisition.hiring_manager, days=5)
    assert for_five.due_at == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert "Please say by Tuesday 1 December when you can" in mails("scheduling.times_wanted")[-1].text


def test_who_can_be_asked(role, application, planned, person):
    of_the_pool = factories.make_user("interviewer")
    pooled = plan(role, pool=pool(role, of_the_pool), needed=1)
    looks_on, stranger = factories.make_user("stakeholder"), factories.make_user("interviewer")
    factories.add_member(role, looks_on, "stakeholder")
    gone = interviewers(role, 1, is_active=False)[0]
    for nobody in (looks_on, stranger, gone):
        with pytest.raises(Invalid, match="Only people of the plan"):
            ask(application, planned, nobody)
    assert ask(application, planned, role.hiring_manager).interviewer == role.hiring_manager
    assert ask(application, pooled, of_the_pool).interviewer == of_the_pool
    with pytest.raises(Missing):
        ask(application, planned, person, by=person)
    book(application, planned, at(10))
    with pytest.raises(Conflict, match="booked already"):
        ask(application, planned, person)


# --- Giving


def test_a_time_is_looked_for_within_what_they_gave_and_beside_what_takes_their_time(
    application, planned, person
):
    asked = ask(application, planned, person)
    assert len(starts(application, planned)) > 100  # a question that is open restricts nothing
    BusyTime.objects.create(user=person, period=(at(11), at(12)))
    give(asked, (at(9), at(10, 30)), (at(11, 30), at(13)), (at(18, day=26), at(19, day=26)))
    # The last one lies outside their hours, and they said it themselves.
    assert starts(application, planned) == [at(9), at(9, 15), at(9, 30), at(12), at(18, day=26)]
    other = in_play(application.requisition)
    assert len(starts(other, planned)) > 100  # it is said for this application alone

    give(asked, (at(14), at(15)))
    assert starts(application, planned) == [at(14)]
    asked.refresh_from_db()
    assert (asked.state, asked.given_at) == ("given", NOW)
    assert [verb for verb, _ in verbs(application)] == [
        "availability.asked",
        "availability.given",
        "availability.given",
    ]


def test_who_is_asked_again_says_it_anew(application, planned, person):
    first = ask(application, planned, person)
    give(first, (at(14), at(15)))
    second = ask(application, planned, person)
    first.refresh_from_db()
    assert (first.state, second.state) == ("closed", "open")
    assert len(starts(application, planned)) > 100
    with pytest.raises(WrongState, match="not needed any more"):
        give(first, (at(15), at(16)))


def test_nobody_says_it_for_somebody_else(role, application, planned, person):
    asked = ask(application, planned, person)
    for other in (role.recruiter, role.hiring_manager, factories.make_user("interviewer")):
        with pytest.raises(Missing):
            give(asked, (at(14), at(15)), by=other)
    with pytest.raises(Invalid, match="at least one time"):
        give(asked)
    with pytest.raises(Invalid, match="takes 60 minutes"):
        give(asked, (at(14), at(14, 30)))


def test_what_is_wrong_with_times():
    terms = Terms(
        minutes=60,
        since=at(12),
        until=at(0, day=30),
        zone=ZoneInfo("UTC"),
        works=lambda day: day != date(2026, 11, 27),
    )
    times = [
        (at(13), at(14)),
        (at(14), at(13)),
        (at(11), at(14)),
        (at(23, day=29), at(1, day=30)),
        (at(15), at(15, 59)),
        (at(9, day=27), at(10, day=27)),
        (at(13, 30), at(15)),
        (at(14), at(15)),
    ]
    overlap = "This overlaps with another of your times: make one of the two."
    assert problems(times, terms) == {
        1: "This ends before it begins.",
        2: "This time has passed already, or has begun.",
        3: "This is too far ahead: give times until Sunday 29 November.",
        4: "The interview takes 60 minutes: give at least as long a time.",
        5: "The office is shut on this day: give another one.",
        6: overlap,
        7: overlap,
    }


# --- When it is over


def test_it_ends_with_the_booking(role, application, planned, person):
    other = plan(role, role.hiring_manager)
    asked, elsewhere = ask(application, planned, person), ask(application, other, role.hiring_manager)
    give(asked, (at(10), at(12)))
    book(application, planned, at(10))
    asked.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (asked.state, asked.settled_at, elsewhere.state) == ("closed", NOW, "open")
    assert verbs(application)[-1] == ("availability.closed", "it is booked")


def test_it_ends_with_the_application(application, planned, person):
    asked = ask(application, planned, person)
    applications.reject(
        application_id=application.pk,
        reason=factories.make_reason().code,
        message=None,
        by=application.requisition.recruiter,
        now=NOW,
    )
    asked.refresh_from_db()
    assert (asked.state, verbs(application)[-1]) == (
        "closed",
        ("availability.closed", "the application is over"),
    )


def _off_the_team(role, planned, person):
    member = TeamMember.objects.get(requisition=role, user=person)
    planned.interviewers.clear()
    roles.remove_member(requisition_id=role.pk, member_id=member.pk, by=role.recruiter, now=NOW)


def _out_of_the_plan(role, planned, person):
    plans.retire_interview(planned_id=planned.pk, by=role.recruiter, now=NOW)


def _left(role, planned, person):
    accounts.deactivate(user_id=person.pk, by=factories.make_user("admin"), now=NOW)


@pytest.mark.parametrize("lose", [_off_the_team, _out_of_the_plan, _left])
def test_it_ends_with_the_seat(role, application, planned, person, lose):
    asked = ask(application, planned, person)
    lose(role, planned, person)
    asked.refresh_from_db()
    assert (asked.state, verbs(application)[-1]) == (
        "closed",
        ("availability.closed", "they are not to sit in it any more"),
    )


def test_it_ends_with_the_place_in_the_pool(role, application):
    person = factories.make_user("interviewer")
    made = pool(role, person, factories.make_user("interviewer"))
    asked = ask(application, plan(role, pool=made, needed=1), person)
    plans.remove_member(member_id=made.members.get(user=person).pk, by=role.recruiter, now=NOW)
    asked.refresh_from_db()
    assert asked.state == "closed"
