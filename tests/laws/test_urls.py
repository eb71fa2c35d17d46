"""Every address says who may open it, and a sweep visits each one as everybody who may not."""

import pytest
from django.urls import URLPattern

from ats.accounts.models import RECRUITING, Role
from tests import factories
from tests.laws.addresses import ALL, OURS, let_go
from tests.laws.world import MARK, everything, world

OWN_GATES = ("allauth", "drf_spectacular")
PROBES = {"healthz", "readyz"}

__all__ = ["world"]  # a fixture


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.name or str(pattern.pattern))
def test_every_address_declares_its_policy(pattern):
    view = pattern.callback
    if view.__module__.startswith(OWN_GATES) or pattern.name in PROBES:
        return
    if pattern.name == "api-root":  # names the resources and holds nothing of anybody's: any token will do
        assert [permission.__name__ for permission in view.cls.permission_classes] == ["IsAuthenticated"]
        return
    if hasattr(view, "cls"):  # an API resource: the token's scope, then what its user may see
        assert view.cls.scope
        assert "HasScope" in {permission.__name__ for permission in view.cls.permission_classes}
        return
    assert view.policy


def with_number(pattern: URLPattern) -> bool:
    return bool(pattern.pattern.converters)


def test_the_world_has_a_number_for_every_kind_of_address(world):
    mine = {name for each in OURS if each.callback.policy == "signed in" for name in each.pattern.converters}
    assert mine - set(world.numbers) == set()


def test_nobody_gets_in_without_signing_in(client, world):
    before = everything()
    for pattern in OURS:
        address = world.address(pattern)
        for method in (client.get, client.post):
            if address is not None:
                answer = method(address)
                if answer.status_code != 405:
                    assert answer.status_code == 302, f"{address} answered {answer.status_code}"
                    assert answer["Location"].startswith("/accounts/login/"), address
    assert everything() == before


OF_THE_TEAM = {"talent_pool_id", "sequence_id"}
"""Pools and sequences are for the whole recruiting team of an organisation; whom they hold is asked of each person."""


@pytest.mark.parametrize(
    "role", [Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER]
)
def test_a_stranger_finds_nothing_and_changes_nothing(client, world, role):
    client.force_login(factories.make_user(role))
    before = everything()
    for pattern in OURS:
        address = world.address(pattern)
        if address is None:
            continue
        if role in RECRUITING and OF_THE_TEAM & pattern.pattern.converters.keys():
            assert MARK not in client.get(address).content.decode(), f"{address} tells {role} of it"
            continue
        for method in (client.get, client.post):
            answer = method(address)
            body = b"".join(answer) if answer.streaming else answer.content
            let_go(answer)
            assert MARK not in body.decode(errors="replace"), f"{address} tells {role} of it"
            if with_number(pattern):
                # A form without its fields is answered before anything is looked up; it says nothing.
                empty_form = {302, 422} if answer.request["REQUEST_METHOD"] == "POST" else set()
                allowed = {403, 404, 405} | empty_form
                assert answer.status_code in allowed, f"{address} answered {answer.status_code}"
            else:
                assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    assert everything() == before


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_overseers_can_open_every_page(client, world, role):
    client.force_login(factories.make_user(role))
    for pattern in OURS:
        address = world.address(pattern)
        if address is not None:
            answer = client.get(address)
            let_go(answer)
            assert answer.status_code in {200, 204, 302, 403, 404, 405}, (
                f"{address} answered {answer.status_code}"
            )
