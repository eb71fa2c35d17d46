"""Scorecards for programs: as blind as the pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.api.actions import create_token
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of() -> Callable[[User], APIClient]:
    def make(user: User) -> APIClient:
        _, secret = create_token(user=user, name="test", scopes=None, now=timezone.now())
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


def given(**facts):
    marks = [{"position": place, "rating": "no", "evidence": f"Heard {place}."} for place in (0, 1)]
    return {"revision": 0, "marks": marks, "recommendation": "no", "reason": "Too little shown."} | facts


def test_ones_own_alone_until_it_is_in_and_never_anybodys_notes(client_of, time_machine):
    time_machine.move_to(AFTER, tick=False)
    one, two = make_user("interviewer"), make_user("interviewer")
    interview = met(one, two)
    hold(interview)
    mine, theirs = card_of(interview, one), card_of(interview, two)
    hand_in(theirs, word="Said it herself.", private_notes="Mine alone.")
    api = client_of(one)
    listed = api.get("/api/v1/scorecards/").json()["results"]
    assert [row["id"] for row in listed] == [mine.pk]
    assert api.get(f"/api/v1/scorecards/{theirs.pk}/").status_code == 404
    for wrong, attr in (
        ({"reason": ""}, "reason"),
        ({"recommendation": "perhaps"}, "recommendation"),
        ({"marks": given()["marks"][:1]}, "rating_1"),
    ):
        answer = api.post(f"/api/v1/scorecards/{mine.pk}/hand-in/", given(**wrong), format="json")
        assert (answer.status_code in {400, 422}, answer.json()["errors"][0]["attr"]) == (True, attr)
    assert api.post(f"/api/v1/scorecards/{theirs.pk}/hand-in/", given(), format="json").status_code == 404
    answer = api.post(f"/api/v1/scorecards/{mine.pk}/hand-in/", given(private_notes="My own."), format="json")
    assert (answer.status_code, answer.json()["state"], answer.json()["private_notes"]) == (
        200,
        "submitted",
        "My own.",
    )
    assert [mark["evidence"] for mark in answer.json()["marks"]] == ["Heard 0.", "Heard 1."]
    seen = api.get(f"/api/v1/scorecards/{theirs.pk}/").json()
    assert (seen["reason"], seen["private_notes"], seen["marks"][0]["rating"]) == (
        "Said it herself.",
        "",
        "yes",
    )
    again = api.post(f"/api/v1/scorecards/{mine.pk}/hand-in/", given(revision=1), format="json")
    assert again.status_code == 409


def test_a_list_costs_the_same_for_one_and_for_many(client_of, django_assert_num_queries):
    one = make_user("interviewer")
    api = client_of(one)
    first = met(one)
    hold(first)
    with django_assert_num_queries(4):  # token, its use noted, scorecards, marks
        api.get("/api/v1/scorecards/")
    for hours in (2, 4, 6):
        met(one, starts_at=AFTER + timedelta(hours=hours))
    with django_assert_num_queries(3):
        assert len(api.get("/api/v1/scorecards/").json()["results"]) == 4
