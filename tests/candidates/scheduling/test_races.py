"""Many at once, on real connections: every slot goes to one, and everybody else is told the next ones."""

from collections import Counter
from datetime import time

import pytest
from django.db import IntegrityError

from ats.kernel.errors import Conflict
from candidates.interviews.models import Interview, InterviewSeat
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from tests import factories
from tests.candidates.helpers import at_once
from tests.candidates.interviews.builders import ask, at, book, in_play, interviewers, plan, pool
from tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ordinary_day]


def asked(role, *planned):
    application = in_play(role)
    return request_times.ask(
        application_id=application.pk,
        planned_ids=[each.pk for each in planned],
        by=role.recruiter,
        now=NOW,
        earliest=at(0).date(),
        latest=at(0).date(),
    )


def picks(request, start):
    return lambda: booking.pick(
        request=request, slot_key=f"{start:%Y%m%dT%H%MZ}", candidate=request.application.candidate, now=NOW
    )


def test_fifty_candidates_for_ten_slots():
    calendar = factories.make_calendar(day_starts=time(7), day_ends=time(17))
    role = factories.make_requisition(organisation=factories.make_organisation(calendar=calendar))
    panel = plan(role, *interviewers(role, 2))
    requests = [asked(role, panel) for _ in range(50)]
    starts = [at(7 + n) for n in range(10)]
    outcomes = at_once(*(picks(request, starts[n % 10]) for n, request in enumerate(requests)))
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"list": 10, "Taken": 40}
    assert sorted(interview.starts_at for interview in Interview.objects.all()) == starts
    assert InterviewSeat.objects.count() == 20
    assert all("no longer free" in str(outcome) for outcome in outcomes if isinstance(outcome, booking.Taken))


def test_a_pool_at_its_limit_and_one_candidate_in_two_windows():
    role = factories.make_requisition()
    planned = plan(role, pool=pool(role, *interviewers(role, 2), limit=1))
    requests = [asked(role, planned) for _ in range(6)]
    outcomes = at_once(*(picks(request, at(9 + n % 3)) for n, request in enumerate(requests)))
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"list": 2, "Taken": 4}
    assert InterviewSeat.objects.values("user").distinct().count() == 2
    other = plan(role, *interviewers(role, 1))
    request = asked(role, other)
    outcomes = at_once(picks(request, at(9)), picks(request, at(14)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["WrongState", "list"]
    assert request.application.interviews.count() == 1


def in_two_roles():
    """One person in play for two roles, each with an interview of its own people."""
    person = factories.make_candidate()
    both = [in_play(factories.make_requisition(), candidate=person) for _ in range(2)]
    return [(each, plan(each.requisition, *interviewers(each.requisition, 1))) for each in both]


@pytest.mark.parametrize("anyway", [False, True])
def test_two_coordinators_and_one_candidate(anyway):
    """Also where each of them means to, and half an hour beside the other."""

    def booking_of(application, planned, start):
        people = [each.pk for each in planned.interviewers.all()] if anyway else None
        return lambda: book(application, planned, start, user_ids=people, anyway=anyway)

    (one, first), (two, second) = in_two_roles()
    outcomes = at_once(booking_of(one, first, at(10)), booking_of(two, second, at(10, 30)))
    (refused,) = [outcome for outcome in outcomes if not isinstance(outcome, Interview)]
    assert isinstance(refused, Conflict), refused
    assert refused.message.startswith("The candidate has another interview at that time.")
    assert Interview.objects.filter(state="booked").count() == 1


def test_a_candidate_chooses_one_time_for_two_roles():
    (one, first), (two, second) = in_two_roles()
    requests = [ask(one, first), ask(two, second)]
    outcomes = at_once(*(picks(request, at(10)) for request in requests))
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"list": 1, "Taken": 1}
    (taken,) = [outcome for outcome in outcomes if isinstance(outcome, booking.Taken)]
    assert taken.is_theirs
    assert taken.slots
    assert all(slot.starts_at >= at(11) or slot.ends_at <= at(10) for slot in taken.slots)


def test_whoever_else_writes_it_the_database_refuses():
    (one, _), (two, _) = in_two_roles()
    factories.make_interview(one, starts_at=at(10))
    with pytest.raises(IntegrityError, match="interview_candidate_once_at_a_time"):
        factories.make_interview(two, starts_at=at(10, 15))
    for state in ("cancelled", "held"):
        factories.make_interview(two, starts_at=at(10, 15), state=state)
    assert set(Interview.objects.values_list("candidate", flat=True)) == {one.candidate_id}
