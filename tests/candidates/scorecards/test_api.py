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


def test_a_draft_is_kept_as_one_goes_and_what_is_in_is_corrected_with_the_reason(client_of, time_machine):
    time_machine.move_to(AFTER, tick=False)
    one, two = make_user("interviewer"), make_user("interviewer")
    interview = met(one, two)
    hold(interview)
    mine, theirs = card_of(interview, one), card_of(interview, two)
    hand_in(theirs, word="Said it herself.")
    api, here = client_of(one), f"/api/v1/scorecards/{mine.pk}/"

    def post(what, **given):
        return api.post(f"{here}{what}/", given, format="json")

    first = post(
        "draft", revision=0, marks=[{"position": 1, "evidence": "SQL by heart."}], private_notes="Mine."
    )
    assert (first.status_code, first.json()["revision"], first.json()["state"]) == (200, 1, "draft")
    second = post("draft", revision=1, marks=[{"position": 1, "rating": "yes"}], reason="Knows it.").json()
    assert [(mark["rating"], mark["evidence"]) for mark in second["marks"]] == [
        ("", ""),
        ("yes", "SQL by heart."),
    ]
    assert (second["reason"], second["private_notes"], second["revision"]) == ("Knows it.", "Mine.", 2)
    stale = post("draft", revision=1, reason="From another window.")
    assert (stale.status_code, "another window" in stale.json()["errors"][0]["detail"]) == (409, True)
    assert post("draft", revision=2, marks=[{"position": 0, "rating": "perhaps"}]).status_code == 400
    for what, body in (("draft", {}), ("correct", given(why="x"))):  # not even that there is one
        address = f"/api/v1/scorecards/{theirs.pk}/{what}/"
        assert api.post(address, {"revision": 0, **body}, format="json").status_code == 404
    assert post("correct", **given(revision=2, why="Too early")).status_code == 409

    assert post("hand-in", **given(revision=2)).json()["private_notes"] == "Mine."
    assert post("draft", revision=3, reason="Later").status_code == 409
    assert post("correct", **given(revision=3)).status_code == 400
    assert post("correct", **given(revision=2, reason="Other", why="x")).status_code == 409
    made = post("correct", **given(revision=3, reason="Enough shown.", why="I had misread my notes."))
    assert (made.status_code, made.json()["number"], made.json()["reason"]) == (200, 2, "Enough shown.")
    assert [*mine.versions.order_by("number").values_list("why", flat=True)] == [
        "",
        "I had misread my notes.",
    ]
    answer = api.post(f"/api/v1/scorecards/{theirs.pk}/correct/", given(why="x"), format="json")
    assert answer.status_code == 404  # read by now, and not one's own


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
