"""What no column, no calendar and no table can hold is refused with words."""

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from rest_framework.test import APIClient

from tests.factories import make_application, make_candidate, make_requisition

pytestmark = pytest.mark.django_db

MOMENT = "Give a moment between 1900 and 2200, at most 14 hours from UTC."


def said(answer: Any) -> tuple[int, str, str | None]:
    [error] = answer.json()["errors"]
    return answer.status_code, error["detail"], error["attr"]


def cursor(**facts: str) -> str:
    return base64.b64encode(urlencode(facts).encode()).decode()


@pytest.mark.parametrize(
    "made",
    [
        "cD1hYmM=", "é", cursor(p="abc"), cursor(p="1 OR 1"), cursor(p="9" * 40), cursor(p="\x00"),
        cursor(p="2026-11-24T10:00:00+00:00"), cursor(o="x", p="1"),
    ],
)  # fmt: skip
def test_a_cursor_that_was_made_elsewhere(api: APIClient, made: str) -> None:
    assert said(api.get("/api/v1/candidates/", {"cursor": made})) == (404, "Invalid cursor", None)


@pytest.mark.parametrize(
    "place",
    ["17", "2026-11-24", "2026-11-24T10:00:00", "2026-11-24T10:00:00+23:59", "0001-01-01T00:00:00+14:00"],
)
def test_nor_one_of_another_list(api: APIClient, place: str) -> None:
    asked = {"updated_after": "2026-01-01T00:00:00Z", "cursor": cursor(p=place)}
    assert said(api.get("/api/v1/candidates/", asked)) == (404, "Invalid cursor", None)


def test_every_list_goes_on_from_its_own(api: APIClient) -> None:
    people = [make_candidate() for _ in range(5)]
    for more in ({}, {"updated_after": "2020-01-01T00:00:00+14:00"}):
        found, following = [], "/api/v1/candidates/?" + urlencode({"limit": 2} | more)
        while following:
            page = api.get(following).json()
            found += [row["id"] for row in page["results"]]
            following = page["next"]
        assert sorted(found) == [person.pk for person in people]


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000])
def test_a_body_nested_beyond_reading(api: APIClient, body: bytes) -> None:
    answer = api.post("/api/v1/candidates/", body, content_type="application/json")
    assert said(answer) == (400, "This is nested too deeply.", None)


@pytest.mark.parametrize("text", [r"\u0000", r"a\u0000b", r"\ud800", r"\udc00\ud800", r"\\\u0000"])
def test_a_text_that_no_table_holds(api: APIClient, text: str) -> None:
    body = f'{{"first_name": "{text}", "last_name": "x"}}'
    expected = (400, "There is a NUL or half a character in a text: nothing here can hold it.", None)
    assert said(api.post("/api/v1/candidates/", body, content_type="application/json")) == expected
    body = f'{{"{text}": 1}}'
    assert said(api.post("/api/v1/candidates/", body, content_type="application/json")) == expected


def test_whole_characters_and_backslashes_are_texts(api: APIClient) -> None:
    body = r'{"first_name": "\ud83e\udd86 \\u0000", "last_name": "x"}'
    answer = api.post("/api/v1/candidates/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["first_name"]) == (201, "🦆 \\u0000")


@pytest.mark.parametrize("name", ["created_after", "created_before", "updated_after", "updated_before"])
@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-24T10:00:00+23:59",
        "2026-11-24T10:00:00-14:01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_a_moment_beyond_all_clocks(api: APIClient, name: str, moment: str) -> None:
    assert said(api.get("/api/v1/applications/", {name: moment})) == (400, MOMENT, name)


def test_a_moment_at_the_edge_of_the_day_is_one(api: APIClient) -> None:
    for moment in ("2026-11-24T10:00:00+14:00", "2026-11-24T10:00:00-12:00", "1999-01-01"):
        assert api.get("/api/v1/applications/", {"created_after": moment}).status_code == 200


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("interviews", "starts_after"),
        ("interviews", "starts_before"),
        ("promises", "due_after"),
        ("promises", "due_before"),
    ],
)
def test_of_what_is_due_as_well(api: APIClient, path: str, name: str) -> None:
    assert said(api.get(f"/api/v1/{path}/", {name: "2026-11-24T10:00:00+20:00"})) == (400, MOMENT, name)


def test_a_letter_for_the_year_9999(api: APIClient, recruiter: Any) -> None:
    application = make_application(requisition=make_requisition(recruiter=recruiter))
    body = {"application": application.pk, "subject": "x", "body": "x", "send_at": "9999-12-31T00:00:00Z"}
    expected = (400, "Give a time within a year.", "send_at")
    assert said(api.post("/api/v1/messages/", body, format="json")) == expected


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_a_number_that_no_column_holds(api: APIClient, number: int) -> None:
    assert api.get(f"/api/v1/candidates/{number}/").status_code == 404
    assert api.post(f"/api/v1/applications/{number}/move/", {"stage": 1}, format="json").status_code == 404
    assert api.get("/api/v1/applications/", {"requisition": number}).json()["results"] == []


@pytest.mark.parametrize("charset", ["zlib", "idna", "utf-7", "base64"])
def test_an_encoding_that_is_no_text(api: APIClient, charset: str) -> None:
    answer = api.post(
        "/api/v1/candidates/", b"a=1", content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert said(answer) == (400, "This request was not understood.", None)
