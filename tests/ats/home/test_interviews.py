"""What of interviews stands on a day: those of today, times to settle, seats without somebody."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates.interviews.models import InterviewSeat
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from tests import factories
from tests.candidates.helpers import run_lane
from tests.candidates.interviews.builders import at, in_play, interviewers, plan
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_interviews_today_given_times_and_empty_seats(client):
    role = factories.make_requisition()
    client.force_login(role.recruiter)
    (person,) = interviewers(role, 1)
    planned = plan(role, person)

    def given(name):
        application = in_play(role, candidate=factories.make_candidate(first_name=name))
        ask = {
            "application_id": application.pk,
            "planned_ids": [planned.pk],
            "by": role.recruiter,
            "now": NOW,
        }
        request = request_times.ask(**ask, way="give", latest=at(0).date())
        if name != "Silent":
            request_times.give(
                request=request, times=[(at(9), at(12))], note="", candidate=application.candidate, now=NOW
            )
        return application

    def book(name, hour):
        application = in_play(role, candidate=factories.make_candidate(first_name=name))
        return booking.book(
            application_id=application.pk,
            planned_id=planned.pk,
            starts_at=at(hour, day=24),
            by=role.recruiter,
            now=NOW,
        )

    with time_machine.travel(NOW, tick=False):
        answered = given("Given")
        meets = book("Today", 13)
        given("Another")
        client.get("/")
        with CaptureQueriesContext(connection) as one:
            body = client.get("/").content.decode()
        assert "Has said when they can come" in body
        assert reverse("application_interviews", args=[answered.pk]) in body
        assert "13:00 Today" in body
        given("Other")
        given("Silent")
        book("Later", 15)
        InterviewSeat.objects.filter(interview=meets).update(reply="declined")
        with CaptureQueriesContext(connection) as more:
            body = client.get("/").content.decode()
        # Somebody has to be found now: that part is asked for only where there is a seat to fill.
        assert len(more) == len(one) + 1
        assert f"{person} cannot take part" in body
        assert reverse("replace_in_interview", args=[meets.pk, meets.seats.get().pk]) in body
    run_lane("tasks", at(0, 1, day=26))
    with time_machine.travel(at(8, day=26), tick=False):
        client.logout()  # two days later, the session of then has ended
        client.force_login(role.recruiter)
        assert "Chose no time; the offered ones have run out" in client.get("/").content.decode()
