"""Who comes first of those whom a question finds, and what is left unasked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Candidate, Document
from candidates.people.actions import find_or_create, index
from candidates.people.queries import ranked
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def person(first: str, last: str, headline: str = "", resume: str = "", **fields: str) -> Candidate:
    made, _ = find_or_create(
        first_name=first, last_name=last, email=fields.pop("email", ""), headline=headline, now=NOW, **fields
    )
    if resume:
        Document.objects.create(
            candidate=made, kind="resume", file="x", filename="x", content_type="a/b", size=1, text=resume
        )
        index.refresh([made.pk])
    return made


def names(question: str, *, skip: int = 0, size: int = 25) -> list[str]:
    page = ranked(Candidate.objects.all(), question, skip=skip, size=size)
    people = Candidate.objects.in_bulk(page.ids)
    return [people[one].first_name for one in page.ids]


def test_a_name_comes_before_what_somebody_does_and_that_before_their_resume() -> None:
    person("Of the name", "Berlin")
    person("In the résumé", "Doe", resume="Worked in Berlin.")
    person("Who does so", "Roe", "Nurse in Berlin")
    person("Later, in the résumé", "Poe", resume="From Berlin.")
    person("Nobody", "Else", "Nurse in Bern", "Hamburg")

    assert names("berlin") == ["Of the name", "Who does so", "Later, in the résumé", "In the résumé"]


def test_whose_whole_name_it_is_comes_first_of_all() -> None:
    person("Jo", "Anders")
    person("Jo", "Andersson")
    assert names("jo anders") == ["Jo", "Jo"]
    page = ranked(Candidate.objects.all(), "jo anders", skip=0, size=1)
    assert Candidate.objects.get(pk=page.ids[0]).last_name == "Anders"


def test_pages_follow_each_other_without_a_gap() -> None:
    for number in range(7):
        person(f"P{number}", "Doe", "Welder")
    assert [*names("welder", size=3), *names("welder", skip=3, size=3), *names("welder", skip=6, size=3)] == [
        f"P{number}" for number in reversed(range(7))
    ]
    page = ranked(Candidate.objects.all(), "welder", skip=3, size=3)
    assert (page.total, page.is_all) == (7, True)


def test_a_number_and_an_address_find_their_owner() -> None:
    person("Phone", "Doe", phone="+49 (30) 901-820")
    person("Mail", "Roe", email="robin.roe@post.example")
    assert names("030 901820") == names("+49 30 901820") == ["Phone"]
    assert names("robin.roe@post.example") == names("robin.roe") == names("post") == ["Mail"]


@pytest.mark.parametrize("question", ["", "   ", "&&&", "-welder -", '""'])
def test_what_asks_for_nothing_finds_nobody(question: str) -> None:
    person("P", "Doe", "Nurse")
    page = ranked(Candidate.objects.all(), question, skip=0, size=5)
    assert len(page.ids) == (1 if question == "-welder -" else 0)


def test_nobody_else_is_found_than_those_who_were_asked_about() -> None:
    one, other = person("One", "Doe", "Welder"), person("Other", "Doe", "Welder")
    page = ranked(Candidate.objects.filter(pk=other.pk), "welder", skip=0, size=5)
    assert page.ids == [other.pk] != [one.pk]
    assert ranked(Candidate.objects.none(), "welder", skip=0, size=5).ids == []


def test_it_is_one_statement() -> None:
    person("One", "Doe", "Welder")
    with CaptureQueriesContext(connection) as asked:
        names("welder")
    assert len(asked) == 2  # and their names


def test_signs_of_patterns_are_signs() -> None:
    person("One", "Doe", "100% welder_x")
    person("Other", "Doe", "100 welders")
    assert names("100% welder_x") == ["One"]
