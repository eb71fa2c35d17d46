"""Who works for one client of an agency finds nothing of another: no word, no number, no count.

Everything of another client bears a mark (`tests.laws.world`). Every address is visited by those who see most of
their own side, with and without numbers; and every list answers as where the other client does not exist.
"""

import re

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.organisation.models import HiringOrganisation
from candidates.models import Promise
from requisitions.models import Requisition
from tests import factories
from tests.laws.addresses import OURS, let_go
from tests.laws.test_oracles import (
    BODY,
    ENDPOINTS,
    NOWHERE,
    OF,
    RESOURCES,
    SENT,
    _brief,
    asked,
    pairs,
)
from tests.laws.world import MARK, World, everything, make_world

pytestmark = pytest.mark.django_db

WALLED = [Role.LEAD, Role.RECRUITER, Role.COORDINATOR]


@pytest.fixture
def beyond(db: None) -> World:
    """The world of another client, none of which is confidential."""
    made = make_world(confidential=False)
    HiringOrganisation.objects.filter(requisitions=made.numbers["requisition_id"]).update(name=f"{MARK} Ltd")
    return made


def somebody(role: Role) -> User:
    """Who works for one client alone, with something of their own to see."""
    own = factories.make_requisition()
    factories.make_application(requisition=own)
    return factories.make_user(role, works_for=[own.organisation_id])


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get("/styleguide/").status_code == 200


@pytest.mark.parametrize("role", WALLED)
def test_nothing_beyond_a_wall_is_told_or_changed(client: Client, beyond: World, role: Role) -> None:
    client.force_login(somebody(role))
    before, wrong = everything(), []
    for pattern in OURS:
        if (address := beyond.address(pattern)) is None:
            continue
        for method in (client.get, client.post):
            answer = method(address)
            body = b"".join(answer) if answer.streaming else answer.content
            let_go(answer)
            if MARK in body.decode(errors="replace"):
                wrong.append(f"{answer.request['REQUEST_METHOD']} {address} tells of it")
            if answer.status_code >= 500:
                wrong.append(f"{address} answered {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    # A lead may well export, of their own side, who asked to hear of products; that is on record.
    assert everything() | {"activities": 0} == before | {"activities": 0}


@pytest.mark.parametrize("role", WALLED)
def test_a_page_beyond_a_wall_is_as_one_that_is_not_there(client: Client, beyond: World, role: Role) -> None:
    sign_in(client, somebody(role))
    differing = {}
    for pattern in OURS:
        if (both := pairs(beyond, pattern)) is None:
            continue
        for method, sent in (("get", {}), ("post", {}), ("post", {"data": SENT})):
            hidden, nothing = (asked(client, method, path, **sent) for path in both)
            if hidden != nothing:
                differing[f"{method} {pattern.name} {'filled' if sent else ''}"] = _brief(hidden, nothing)
    assert not differing, "\n".join(f"{way}: {how}" for way, how in differing.items())


@pytest.mark.parametrize("role", [Role.LEAD, Role.RECRUITER])
@pytest.mark.parametrize("resource", RESOURCES)
def test_nor_does_the_api_know_more(client: Client, beyond: World, role: Role, resource: str) -> None:
    sign_in(client, somebody(role))
    noun = {"job-posts": "post"}.get(resource, resource.rstrip("s").replace("-", "_"))
    number = (
        beyond.numbers.get(f"{noun}_id")
        or Promise.objects.get(application=beyond.numbers["application_id"]).pk
    )
    ways = [("get", ""), ("patch", ""), *(("post", f"{name}/") for name in ENDPOINTS.get(resource, ()))]
    differing = {}
    for method, act in ways:
        sent = {} if method == "get" else {"data": BODY, "content_type": "application/json"}
        hidden, nothing = (
            asked(client, method, f"/api/v1/{resource}/{pk}/{act}", **sent) for pk in (number, NOWHERE)
        )
        if hidden != nothing:
            differing[f"{method} {act}"] = _brief(hidden, nothing)
    for name, kept in OF.items():
        hidden, nothing = (
            asked(client, "get", f"/api/v1/{resource}/?{name}={pk}") for pk in (beyond.numbers[kept], NOWHERE)
        )
        if hidden != nothing:
            differing[f"by {name}"] = _brief(hidden, nothing)
    assert not differing, "\n".join(f"{way}: {how}" for way, how in differing.items())


def visited(user: User, addresses: list[str]) -> dict[str, str]:
    """What each of them answers somebody who has just signed in."""
    client = Client()
    sign_in(client, user)
    return {address: words(client, address) for address in addresses}


def words(client: Client, address: str) -> str:
    """What an address answers, with all figures, without what is another each time."""
    answer = client.get(address)
    body = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
    let_go(answer)
    moving = r"\b\w{64}\b|nonce\S*|content=\"\S+==\"|\"seconds\": \d+|T\d\d:\d\d:\d\d(\.\d+)?"
    return f"{answer.status_code} " + re.sub(moving, "#", body)


@pytest.mark.parametrize("role", WALLED)
def test_every_page_is_as_where_the_other_client_is_not(db: None, role: Role) -> None:
    own = make_world(confidential=False)
    at = Requisition.objects.get(pk=own.numbers["requisition_id"]).organisation_id
    user = factories.make_user(role, works_for=[at])
    addresses = [
        address
        for each in OURS
        if each.name != "usersessions_list" and (address := own.address(each)) is not None
    ]
    addresses += [f"/api/v1/{resource}/" for resource in RESOURCES]
    before, known = visited(user, addresses), list(User.objects.values_list("pk", flat=True))
    other = Requisition.objects.get(pk=make_world(confidential=False).numbers["requisition_id"])
    User.objects.exclude(pk__in=known).update(works_for=[other.organisation_id])
    after = visited(user, addresses)
    differing = {address: first(before[address], after[address]) for address in addresses}
    differing = {address: found for address, found in differing.items() if found}
    assert not differing, "\n".join(f"{address}: {how}" for address, how in differing.items())


def first(one: str, other: str) -> str:
    """Where two texts begin to differ."""
    if one == other:
        return ""
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, at - 80) : at + 60]!r} is {other[max(0, at - 20) : at + 60]!r}"
