"""Fields of a question: each finds who is so, leaves out who is not, and tells nothing of what one may not see."""

from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.models import User
from candidates.applications import actions
from candidates.models import Candidate
from candidates.people.actions import index
from candidates.people.domain.fields import Field, fielded
from candidates.people_pages import queries
from candidates.people_pages.queries import PeopleFilter
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def names(user: User, text: str) -> list[str]:
    return sorted(row.first_name for row in queries.people(user, PeopleFilter(text=text)).rows)


@pytest.fixture
def three(role: Any, recruiter: User) -> None:
    source = f.make_source(name="Job fair")
    ada = f.make_candidate(
        first_name="Ada", last_name="A", city="Berlin", phone="+49 30 901820", headline="Welder"
    )
    ben = f.make_candidate(first_name="Ben", last_name="B", city="Bern", email="ben@post.example")
    cleo = f.make_candidate(first_name="Cleo", last_name="C", headline="Nurse", email="", phone="")
    f.make_application(candidate=ada, requisition=role, stage_kind="interview", source=source)
    f.make_application(candidate=ben, requisition=role, state="rejected")
    actions.set_tags(candidate_id=cleo.pk, tags=["Silver medallist"], by=recruiter, now=NOW)
    Candidate.objects.filter(pk=cleo.pk).update(
        pool_consent_at=NOW, pool_consent_until=NOW + timedelta(days=1)
    )
    index.refresh([ada.pk, ben.pk, cleo.pk])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("stage:interview", ["Ada"]),
        ("STAGE:Interview", ["Ada"]),
        ("-stage:interview", ["Ben", "Cleo"]),
        ("state:rejected", ["Ben"]),
        ("source:fair", ["Ada"]),
        ('source:"job fair" stage:interview', ["Ada"]),
        ("source:fair state:rejected", []),
        ("city:berlin", ["Ada"]),
        ("city:ber", ["Ada", "Ben"]),
        ("-city:berlin", ["Ben", "Cleo"]),
        ("rejected:any", ["Ben"]),
        ("-rejected:any", ["Ada", "Cleo"]),
        ("phone:030901820", ["Ada"]),
        ("email:post.example", ["Ben"]),
        ("role:engineer", ["Ada", "Ben"]),
        ("tag:silver", ["Cleo"]),
        ('tag:"silver medallist"', ["Cleo"]),
        ("has:consent", ["Cleo"]),
        ("skill:welder", ["Ada"]),
        ("has:application", ["Ada", "Ben"]),
        ("-has:application", ["Cleo"]),
        ("has:phone city:berlin", ["Ada"]),
        ("has:tag", ["Cleo"]),
        ("nurse tag:silver", ["Cleo"]),
        ("welder tag:silver", []),
        ("city:", ["Ada", "Ben", "Cleo"]),
        ("rejected:9999-13", []),
        ("rejected:0000", []),
    ],
)
def test_what_each_field_finds(three, recruiter: User, asked: str, found: list[str]) -> None:
    assert names(recruiter, asked) == found


def test_what_nobody_can_be_is_said(three, recruiter: User) -> None:
    page = queries.people(recruiter, PeopleFilter(text="has:wings state:flying"))
    assert page.rows == []
    assert [said.partition(" knows")[0] for said in page.problems] == ["“has:”", "“state:”"]


def test_a_field_tells_nothing_of_an_application_that_one_may_not_see(three, role: Any) -> None:
    mine = f.make_requisition()
    stranger = mine.hiring_manager
    ada = Candidate.objects.get(first_name="Ada")
    f.make_application(candidate=ada, requisition=mine, stage_kind="applied")
    assert names(stranger, "stage:applied") == ["Ada"]
    assert names(stranger, "stage:interview") == names(stranger, "source:fair") == []


@pytest.mark.parametrize(
    ("asked", "words", "fields"),
    [
        ("data city:berlin engineer", "data engineer", (Field("city", "berlin"),)),
        ('-source:"job fair"', "", (Field("source", "job fair", is_not=True),)),
        ("source:\u201cjob fair\u201d", "", (Field("source", "job fair"),)),
        ("http://a.example has", "http://a.example has", ()),
        ("colour:red", "colour:red", ()),
        ("xcity:berlin", "xcity:berlin", ()),
    ],
)
def test_fields_are_told_from_words(asked, words, fields) -> None:
    assert fielded(asked) == (words, fields)
