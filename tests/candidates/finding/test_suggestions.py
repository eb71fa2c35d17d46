"""What the search at the top offers."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from candidates.finding.domain.commands import COMMANDS, answering
from candidates.finding.queries import suggestions
from candidates.people.actions import find_or_create, index
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def person(first: str, last: str, headline: str = "") -> Any:
    return find_or_create(first_name=first, last_name=last, email="", headline=headline, now=NOW)[0]


def shown(user: User, asked: str) -> tuple[list[str], list[str], list[str]]:
    found = suggestions(user, asked)
    return (
        [row.name for row in found.people],
        [row.title for row in found.roles],
        [str(command.label) for command, _ in found.commands],
    )


def test_people_roles_and_places_by_the_beginnings_of_words(recruiter: User) -> None:
    person("Ada", "Calloway")
    person("Ben", "Doe", "Calibration technician")
    f.make_requisition(title="Calibration lead")
    assert shown(recruiter, "cal") == (
        ["Ada Calloway", "Ben Doe"],
        ["Calibration lead"],
        ["Calendar"],
    )
    assert shown(recruiter, "calibration tech") == (["Ben Doe"], [], [])
    assert shown(recruiter, "add cand") == ([], [], ["Add a candidate"])


def test_nothing_asked_shows_where_one_can_go(recruiter: User) -> None:
    person("Ada", "Doe")
    people, roles, commands = shown(recruiter, "  ")
    assert (people, roles) == ([], [])
    assert commands[:2] == ["Add a candidate", "Open a new role"]


def test_a_mistyped_name_is_answered_by_who_is_nearly_called_so(recruiter: User) -> None:
    person("Michael", "Doe")
    assert suggestions(recruiter, "micheal").is_nearly
    assert shown(recruiter, "micheal")[0] == ["Michael Doe"]
    assert not suggestions(recruiter, "michael").is_nearly


def test_each_is_offered_what_they_may_see_and_do(role: Any) -> None:
    mine = f.make_candidate(first_name="Mira", last_name="Mine")
    f.make_application(candidate=mine, requisition=role)
    other = person("Mira", "Others")
    index.refresh([mine.pk, other.pk])
    manager, stranger = role.hiring_manager, f.make_user(Role.STAKEHOLDER)
    assert shown(manager, "mira")[0] == ["Mira Mine"]
    assert shown(manager, role.title)[1] == [role.title]
    assert shown(stranger, "mira")[0] == shown(stranger, role.title)[1] == []
    assert "Add a candidate" not in shown(stranger, "")[2]
    assert "Messages that found no place" not in shown(stranger, "")[2]


def test_it_asks_the_database_as_often_for_many_as_for_one(recruiter: User) -> None:
    person("Zoe", "Doe")
    suggestions(recruiter, "zoe")
    with CaptureQueriesContext(connection) as one:
        suggestions(recruiter, "zoe")
    for number in range(5):
        person("Zoe", f"Doe{number}")
    with CaptureQueriesContext(connection) as many:
        suggestions(recruiter, "zoe")
    assert len(many) == len(one) == 3


def test_what_is_typed_is_shown_as_text(desk: Any) -> None:
    html = desk.get("/find/", {"q": '<b>"x"&'}).content.decode()
    assert "<b>" not in html
    assert re.findall(r'href="(/candidates/\?q=[^"]*)"', html) == ["/candidates/?q=%3Cb%3E%22x%22%26"]


def test_a_stranger_is_sent_to_the_sign_in(client: Any) -> None:
    assert client.get("/find/", {"q": "a"}).status_code == 302


@pytest.mark.parametrize(("asked", "number"), [("", len(COMMANDS)), ("zzz", 0), ("my d", 1)])
def test_which_commands_answer(asked: str, number: int) -> None:
    assert len(answering(asked)) == number
