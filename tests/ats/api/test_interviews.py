"""Interviews by the API: the same refusals as on the pages."""

import pytest
import time_machine

from tests import factories
from tests.candidates.interviews.builders import at, in_play, interviewers, plan
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_book_read_move_and_cancel(api, recruiter, client_of):
    role = factories.make_requisition(recruiter=recruiter)
    (person,) = interviewers(role, 1)
    planned, application = plan(role, person), in_play(role)
    wanted = {"application": application.pk, "planned": planned.pk}
    free = api.get("/api/v1/interviews/free-times/", wanted | {"latest": "2026-11-25"}).json()
    assert {"starts_at": "2026-11-25T10:00:00Z", "ends_at": "2026-11-25T11:00:00Z"} in free
    booked = api.post("/api/v1/interviews/", wanted | {"starts_at": "2026-11-25T10:00:00Z"}, format="json")
    assert booked.status_code == 201
    assert [seat["user"] for seat in booked.json()["interviewers"]] == [person.pk]
    other = {"application": in_play(role).pk, "planned": planned.pk, "starts_at": "2026-11-25T10:00:00Z"}
    taken = api.post("/api/v1/interviews/", other, format="json")
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (409, "taken")
    address = f"/api/v1/interviews/{booked.json()['id']}/"
    moved = api.post(
        f"{address}move/", {"starts_at": at(13).isoformat(), "reason": "A clash."}, format="json"
    )
    assert (moved.json()["starts_at"], moved.json()["sequence"]) == ("2026-11-25T13:00:00Z", 1)
    assert (
        api.get("/api/v1/interviews/", {"state": "booked"}).json()["results"][0]["id"] == booked.json()["id"]
    )
    assert client_of(factories.make_user("interviewer")).get(address).status_code == 404
    assert client_of(person).post(f"{address}cancel/", {"reason": "No."}, format="json").status_code == 404
    cancelled = api.post(f"{address}cancel/", {"reason": "The role changes."}, format="json")
    assert cancelled.json()["state"] == "cancelled"


def test_interviewers_are_asked_for_times_and_give_them(api, recruiter, client_of):
    role = factories.make_requisition(recruiter=recruiter)
    (person,) = interviewers(role, 1)
    planned, application = plan(role, person), in_play(role)
    wanted = {"application": application.pk, "planned": planned.pk, "interviewer": person.pk}
    asked = api.post("/api/v1/availability-requests/", wanted, format="json")
    assert (asked.status_code, asked.json()["state"], asked.json()["times"]) == (201, "open", [])
    address = f"/api/v1/availability-requests/{asked.json()['id']}/"
    times = [{"starts_at": "2026-11-25T10:00:00Z", "ends_at": "2026-11-25T11:00:00Z"}]
    given = client_of(person).post(f"{address}give/", {"times": times}, format="json")
    assert (given.status_code, given.json()["state"], given.json()["times"]) == (200, "given", times)
    assert api.get(address).json()["times"] == times
    assert api.post(f"{address}give/", {"times": times}, format="json").status_code == 404
    assert client_of(factories.make_user("interviewer")).get(address).status_code == 404
    free = api.get("/api/v1/interviews/free-times/", {"application": application.pk, "planned": planned.pk})
    assert free.json() == times
    late = [{"starts_at": "2027-01-25T10:00:00Z", "ends_at": "2027-01-25T11:00:00Z"}]
    refused = client_of(person).post(f"{address}give/", {"times": late}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "times")
