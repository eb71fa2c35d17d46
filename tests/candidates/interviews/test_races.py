"""Many at once, on real connections: every slot goes to one, and everybody else is told the next ones."""

from collections import Counter
from datetime import time

import pytest

from candidates.interviews import asking, booking
from candidates.interviews.models import Interview, InterviewSeat
from tests import factories
from tests.candidates.helpers import at_once
from tests.candidates.interviews.builders import at, in_play, interviewers, plan, pool
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def asked(role, *planned):
    application = in_play(role)
    return asking.ask(
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
