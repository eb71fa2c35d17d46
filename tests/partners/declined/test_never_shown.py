"""A declined request shows nowhere it must not: every page and endpoint, asked by whoever asked for it.

Whoever asked, in each role that somebody can have here (a lead, HR, an administrator who may do everything), and who
works for them, gets the same answers, to the letter and in the same statements, whether the record is there or not.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.models import Activity, DueTask, OutgoingMail
from candidates.models import Interview
from partners.declined import actions
from partners.declined.queries import line
from partners.models import DeclinedRequest
from requisitions.interview_plan import seeds
from requisitions.models import Requisition
from requisitions.wording.queries import checks
from tests import factories as make
from tests.factories import NOW
from tests.laws.addresses import ALL, OURS, let_go
from tests.laws.test_oracles import NOWHERE, RESOURCES, sign_in
from tests.laws.world import World, world
from tests.partners.declined.helpers import MARK, declined, name

__all__ = ["world"]

pytestmark = pytest.mark.django_db
OWN = ("", "add/", "answer/", "support/", "export/")


@pytest.fixture(autouse=True)
def _time_stands() -> Iterator[None]:
    """Nothing differs because a second has passed."""
    with time_machine.travel(NOW, tick=False):
        yield


def paths(world: World, record: int) -> Iterator[tuple[str, str]]:
    """Every page of somebody who is signed in, every list with a search for the mark, and the API."""
    for pattern in OURS:
        address = world.address(pattern)
        if address is not None and "/declined/" not in address:
            yield "get", address
            if not pattern.pattern.converters:
                yield "get", f"{address}?q={MARK}"
                yield "get", f"{address}?search={MARK}&whose=team"
    for resource in RESOURCES:
        yield "get", f"/api/v1/{resource}/"
        yield "get", f"/api/v1/{resource}/?search={MARK}&q={MARK}"
    for address in ("/partners/declined/", "/partners/declined/new/", "/settings/declined/", "/api/v1/"):
        yield "get", address
    for number in (record, NOWHERE):
        for own in OWN:
            for method in ("get", "post"):
                yield method, f"/partners/declined/{number}/{own}"


def answers(client: Client, world: World, record: int) -> dict[tuple[str, str], Any]:
    return {way: _asked(client, *way) for way in paths(world, record)}


def _asked(client: Client, method: str, path: str) -> tuple[Any, ...]:
    """Status, place, words with their figures, and statements; what it did is taken back."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(path)
            body = b"".join(answer) if answer.streaming else answer.content
        let_go(answer)
        transaction.set_rollback(True)
    words = re.sub(
        r'\b\w{64}\b|nonce-?=?\S+|(?<="csp-nonce" content=")[^"]+', "#", body.decode(errors="replace")
    )
    return (
        answer.status_code,
        answer.headers.get("Location", ""),
        words,
        [_plain(each["sql"]) for each in queries],
    )


def _plain(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'|\d+(?:, \d+)*", "#", sql)


def put_on_record(recruiter: User, asker: User, world: World) -> DeclinedRequest:
    """With everything that can be added to it."""
    record = declined(recruiter, asker, application_id=world.numbers["application_id"], wants_support=True)
    given = {"declined_id": record.pk, "now": NOW}
    actions.add(kind="note", text=MARK, by=recruiter, **given)
    actions.add(kind="outcome", text=MARK, by=recruiter, **given)
    actions.hand_out(by=recruiter, **given)
    return record


def people(asks: str, world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[User, User]:
    """Who asked, and who looks: the same person, or somebody who works for them."""
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    seeds.write()  # where another test has emptied the tables, they would come back on the way
    Interview.objects.update(
        kit={"minutes": 45, "purpose": "How they work", "avoid": ""}
    )  # its manager sees it
    made = {
        "manager": lambda: role.hiring_manager,
        "lead": lambda: make.make_user(Role.LEAD),
        "admin": lambda: make.make_user(Role.ADMIN, is_superuser=True),
        "hr": lambda: make.make_user(Role.STAKEHOLDER),
        "recruiter": lambda: make.make_user(Role.RECRUITER),
        "coordinator": lambda: make.make_user(Role.COORDINATOR),
        "next": lambda: make.make_user(Role.ADMIN),
        "report": lambda: make.make_user(Role.ADMIN),
    }[asks]()
    looks = made
    if asks == "report":
        looks = make.make_user(Role.LEAD)
        monkeypatch.setattr(line, "above", lambda: {looks.pk: frozenset({made.pk})})
    last = make.make_user(Role.STAKEHOLDER)
    name(hr=(made,) if asks == "hr" else (), following=(made, last) if asks == "next" else (last,))
    return made, looks


ASKERS = ("manager", "lead", "admin", "hr", "recruiter", "coordinator", "next", "report")


@pytest.mark.parametrize("asks", ASKERS)
def test_whoever_asked_gets_the_same_answers_with_and_without_it(
    world: World, asks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        checks, "SECONDS_KNOWN", float("inf")
    )  # what is read anew each minute hangs on the clock
    asker, looks = people(asks, world, monkeypatch)
    recruiter = Requisition.objects.get(pk=world.numbers["requisition_id"]).recruiter
    with transaction.atomic():
        number = put_on_record(recruiter, asker, world).pk
        transaction.set_rollback(True)
    without = answers(signed_in(looks), world, number)
    with transaction.atomic():
        # Numbers of rows are not given again: the same record, under the number that was asked for before.
        set_next(number)
        before = traces()
        assert put_on_record(recruiter, asker, world).pk == number
        assert traces() == before
        with_it = answers(signed_in(looks), world, number)
        transaction.set_rollback(True)
    # What is read once and kept differs by itself: who was first asks again.
    again = signed_in(looks)
    differing = [way for way in without if with_it[way] != without[way]]
    really = {
        way: _brief(with_it[way], now) for way in differing if (now := _asked(again, *way)) != with_it[way]
    }

    assert {way: how for way, how in really.items() if not _is_let_by(asks, way, how)} == {}
    shown = [way for way, (_, _, words, _) in with_it.items() if MARK in words and MARK not in way[1]]
    assert shown == []


def _is_let_by(asks: str, way: tuple[str, str], how: str) -> bool:
    """Who works for whoever asked is only known once it is looked up: My day reads more, and says the same."""
    return (
        asks == "report"
        and way[1].partition("?")[0] in {"/", "/next/"}
        and how.startswith("other statements")
    )


def set_next(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('partners_declinedrequest_id_seq', %s, false)", [number])


def traces() -> tuple[int, ...]:
    """Rows of what others read: the record of activities, the outbox, due work."""
    return tuple(model.objects.count() for model in (Activity, OutgoingMail, DueTask))


def signed_in(user: User) -> Client:
    """Afresh: nothing is left of what was looked at before."""
    cache.clear()
    UserSession.objects.filter(user=user).delete()
    client = Client()
    client.force_login(user)
    assert client.get("/styleguide/").status_code == 200
    return client


def _brief(with_it: tuple[Any, ...], without: tuple[Any, ...]) -> str:
    if with_it[:2] != without[:2]:
        return f"{with_it[:2]} and {without[:2]}"
    if with_it[2] != without[2]:
        lines = set(with_it[2].splitlines()) ^ set(without[2].splitlines())
        return f"other words: {sorted(lines)[:3]}"
    return f"other statements: {[sql for sql in with_it[3] if sql not in without[3]][:2]}"


def test_the_sweep_reaches_what_there_is(world: World) -> None:
    """And who may see the record meets the mark on the way: the sweep would notice."""
    seen = {path for _, path in paths(world, 1)}
    assert {"/", "/partners/", "/settings/outbox/", "/settings/due-work/", "/waiting/"} <= seen
    assert len(seen) > len(OURS) / 2
    assert {"declined", "declined_list"} <= {pattern.name for pattern in ALL}


def test_who_may_see_it_does_on_the_same_way(world: World) -> None:
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    lead = make.make_user(Role.LEAD)
    record = put_on_record(role.recruiter, role.hiring_manager, world)

    found = answers(signed_in(lead), world, record.pk)

    shown = {path for (_, path), (_, _, words, _) in found.items() if MARK in words and MARK not in path}
    assert shown == {f"/partners/declined/{record.pk}/", "/partners/declined/"} | _exported(found, record.pk)
    assert "Asks for your support" in found["get", "/"][2]


def _exported(found: dict[tuple[str, str], Any], number: int) -> set[str]:
    """Forms that were sent without their fields show the page again."""
    again = {path for (method, path), answer in found.items() if method == "post" and answer[0] == 422}
    return {path for path in again if f"/{number}/" in path}


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.ADMIN])
def test_to_others_a_record_is_as_one_that_is_not_there(client: Client, world: World, role: Role) -> None:
    of = Requisition.objects.get(pk=world.numbers["requisition_id"])
    make.make_user(Role.LEAD)
    record = put_on_record(of.recruiter, of.hiring_manager, world)
    sign_in(client, role)

    found = {
        number: [
            _asked(client, method, f"/partners/declined/{number}/{own}")
            for own in OWN
            for method in ("get", "post")
        ]
        for number in (record.pk, NOWHERE)
    }

    plain = {number: [_without(number, each) for each in rows] for number, rows in found.items()}
    assert plain[record.pk] == plain[NOWHERE]


def _without(number: int, answer: tuple[Any, ...]) -> tuple[Any, ...]:
    return answer[0], answer[1].replace(str(number), "#"), answer[2].replace(str(number), "#"), answer[3]
