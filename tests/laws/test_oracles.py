"""What somebody may not know of answers as what is not there: the same status, words and statements.

Every address that names a row, page and API, is asked by strangers for a row of a confidential role and for one
that does not exist; and every list is asked for what belongs to a number.
"""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from ats.accounts.models import Role
from tests import factories
from tests.laws.addresses import OURS, let_go
from tests.laws.test_urls import OF_THE_TEAM
from tests.laws.world import World, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db

NOWHERE = 7_654_321
"""The number of no row."""
STRANGERS = [Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.INTERVIEWER]
RESOURCES = (
    "requisitions", "job-posts", "candidates", "applications", "promises", "messages", "interviews", "scorecards",
    "offers", "availability-requests",
)  # fmt: skip
SENT = {
    "reason": "Because.", "reason_note": "x", "note": "x", "body": "Hello there.", "subject": "Hello", "stage": "1",
    "version": "1", "starts_on": "2027-03-01", "pay": "70000", "pay_currency": "EUR", "pay_period": "year",
    "employment_type": "full_time", "remote_mode": "remote", "valid_days": "5", "new_state": "closed", "title": "x",
    "name": "x", "first_name": "A", "last_name": "B", "email": "a@example.com", "verdict": "yes", "text": "x",
    "due_at": "2026-12-01T10:00", "until_day": "2027-01-04", "requisition": "1", "application": str(NOWHERE),
    "outcome": "go_on", "matters": "x", "tags": "x", "why": "x", "member-user": "1", "member-role": "interviewer",
}  # fmt: skip


def sign_in(client: Client, role: Role) -> None:
    """As a stranger to everything; what a session's first page brings along is behind them."""
    client.force_login(factories.make_user(role))
    assert client.get("/styleguide/").status_code == 200


def asked(client: Client, method: str, path: str, **sent: Any) -> tuple[Any, ...]:
    """Status, words and statements of an answer, without the numbers in them; what it did is taken back."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(path, **sent)
            body = b"".join(answer) if answer.streaming else answer.content
        let_go(answer)
        transaction.set_rollback(True)
    words = re.sub(r"\b\w{64}\b|nonce-?=?\S+|\d+", "#", body.decode(errors="replace"))
    where = re.sub(r"\d+", "#", answer.headers.get("Location", ""))
    return answer.status_code, where, words, len(queries), [_plain(row["sql"]) for row in queries]


def _plain(sql: str) -> str:
    """Which question it was, without what it was about."""
    return re.sub(r"'(?:[^']|'')*'|\d+", "#", sql)


def pairs(world: World, pattern: URLPattern) -> tuple[str, str] | None:
    """The address of what is hidden, and of nothing."""
    hidden = world.address(pattern)
    names = list(pattern.pattern.converters)
    numbers = [name for name in names if isinstance(world.numbers.get(name), int) and name != "number"]
    if hidden is None or not numbers:
        return None
    # The first number names the row whose page it is, the others what belongs to it.
    nothing = {name: NOWHERE if name in numbers else world.numbers[name] for name in names}
    return hidden, reverse(pattern.name, kwargs=nothing)


@pytest.mark.parametrize("role", STRANGERS)
def test_a_hidden_page_is_as_one_that_is_not_there(client: Client, world: World, role: Role) -> None:
    sign_in(client, role)
    differing = {}
    for pattern in OURS:
        if (both := pairs(world, pattern)) is None or _is_of_their_team(pattern, role):
            continue
        for method, sent in (("get", {}), ("post", {}), ("post", {"data": SENT})):
            hidden, nothing = (asked(client, method, path, **sent) for path in both)
            if hidden != nothing:
                differing[f"{method} {pattern.name} {'filled' if sent else ''}"] = _brief(hidden, nothing)
    assert not differing, "\n".join(f"{way}: {how}" for way, how in differing.items())


def _is_of_their_team(pattern: URLPattern, role: Role) -> bool:
    """Nothing is hidden there: whom a pool holds is asked of each person."""
    return role in (Role.RECRUITER, Role.COORDINATOR) and bool(OF_THE_TEAM & set(pattern.pattern.converters))


def _brief(hidden: tuple[Any, ...], nothing: tuple[Any, ...]) -> str:
    if hidden[:2] != nothing[:2]:
        return f"{hidden[:2]} and {nothing[:2]}"
    if hidden[2] != nothing[2]:
        return "other words"
    more = [sql[:150] for sql in hidden[4] if sql not in nothing[4]]
    return f"{hidden[3]} statements and {nothing[3]}: {more}"


ENDPOINTS = {
    "applications": ("move", "reject", "hire", "withdraw", "undo", "notes", "reviews"),
    "offers": ("change", "submit", "send", "withdraw", "drop-next"),
    "requisitions": ("open",),
    "job-posts": ("publish", "close"),
    "interviews": ("cancel", "move", "take-proposed-time", "refuse-proposed-time"),
    "availability-requests": ("give",),
    "scorecards": ("submit", "amend"),
    "messages": ("answered", "cancel"),
    "promises": ("change",),
}
BODY = SENT | {
    "stage": 1,
    "version": 1,
    "pay": "70000",
    "starts_at": "2026-12-01T10:00:00Z",
    "content": {},
    "proposed_time": 1,
    "times": [{"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2026-12-01T12:00:00Z"}],
}


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER])
@pytest.mark.parametrize("resource", RESOURCES)
def test_a_hidden_resource_is_as_one_that_is_not_there(
    client: Client, world: World, role: Role, resource: str
) -> None:
    sign_in(client, role)
    noun = {"job-posts": "post"}.get(resource, resource.rstrip("s").replace("-", "_"))
    number = world.numbers.get(f"{noun}_id", 0) or _promise_of(world)
    ways = [("get", ""), ("patch", ""), *(("post", f"{name}/") for name in ENDPOINTS.get(resource, ()))]
    differing = {}
    for method, act in ways:
        sent = {} if method == "get" else {"data": BODY, "content_type": "application/json"}
        hidden, nothing = (
            asked(client, method, f"/api/v1/{resource}/{pk}/{act}", **sent) for pk in (number, NOWHERE)
        )
        if hidden != nothing:
            differing[f"{method} {act}"] = _brief(hidden, nothing)
    assert not differing, "\n".join(f"{way}: {how}" for way, how in differing.items())


def _promise_of(world: World) -> int:
    from candidates.models import Promise

    return Promise.objects.get(application=world.numbers["application_id"]).pk


OF = {
    "requisition": "requisition_id", "application": "application_id", "candidate": "candidate_id", "stage": "stage_id",
    "post": "post_id", "interview": "interview_id",
}  # fmt: skip


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_list_says_nothing_of_a_number_that_is_hidden(client: Client, world: World, resource: str) -> None:
    sign_in(client, Role.RECRUITER)
    differing = {}
    for name, kept in OF.items():
        hidden, nothing = (
            asked(client, "get", f"/api/v1/{resource}/?{name}={number}")
            for number in (world.numbers[kept], NOWHERE)
        )
        if hidden != nothing:
            differing[name] = _brief(hidden, nothing)
    assert not differing, "\n".join(f"{way}: {how}" for way, how in differing.items())


@pytest.mark.parametrize("path", ["/candidates/", "/requisitions/", "/calendar/"])
def test_nor_does_a_page_with_filters(client: Client, world: World, path: str) -> None:
    sign_in(client, Role.RECRUITER)
    for name, kept in OF.items():
        hidden, nothing = (
            asked(client, "get", f"{path}?{name}={number}") for number in (world.numbers[kept], NOWHERE)
        )
        assert hidden[:3] == nothing[:3], (path, name)
        assert hidden[4] == nothing[4], (path, name)


@pytest.mark.parametrize("name", ["application", "requisition", "candidate"])
def test_nor_who_begins_something_for_it(client: Client, world: World, name: str) -> None:
    sign_in(client, Role.RECRUITER)
    for path, more in (
        ("/api/v1/offers/", {"pay": "1", "starts_on": "2027-03-01"}),
        ("/api/v1/applications/", {"candidate": NOWHERE, "requisition": NOWHERE}),
        ("/api/v1/messages/", {"subject": "x", "body": "x"}),
        ("/api/v1/job-posts/", {"title": "x", "body": "x"}),
        ("/api/v1/interviews/", {"planned": 1, "starts_at": "2026-12-01T10:00:00Z"}),
    ):
        hidden, nothing = (
            asked(client, "post", path, data=more | {name: number}, content_type="application/json")
            for number in (world.numbers[OF[name]], NOWHERE)
        )
        assert hidden == nothing, (path, _brief(hidden, nothing))
