"""Whom a confidential role hid comes to light with it, and goes hidden with one that becomes confidential."""

from datetime import timedelta

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from candidates.applications.actions import add_application
from candidates.models import Application, Candidate
from candidates.people_pages.actions import add_person
from requisitions.models import Requisition
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.helpers import run_lane
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def becomes(role: Requisition, *, confidential: bool, hours: int = 1) -> None:
    at = NOW + timedelta(hours=hours)
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=at, confidential=confidential)
    run_lane("tasks", at + timedelta(minutes=1))


def taken_up(role: Requisition, email: str = "kim@example.com") -> Candidate:
    name = {"first_name": "Kim", "last_name": "Sample"}
    person, new = add_person(by=role.recruiter, now=NOW, requisition=role, email=email, **name)
    assert new
    return person


def sees(user: User, person: Candidate) -> bool:
    return Candidate.objects.visible_to(user).filter(pk=person.pk).exists()


def told(client: Client, user: User, person: Candidate) -> list[str]:
    client.force_login(user)
    page = client.get(f"/candidates/{person.pk}/")
    assert page.status_code == 200
    words = ("it is confidential no more", "it became confidential")
    return [word for entry in page.context["person"].entries for word in words if word in entry.text]


def test_they_come_to_light_and_go_hidden_again(client: Client) -> None:
    role, me = make.make_requisition(confidential=True, state="open"), make.make_user()
    person = taken_up(role)
    assert (person.only_confidential, sees(me, person)) == (True, False)
    becomes(role, confidential=False)
    person.refresh_from_db()
    assert (person.only_confidential, sees(me, person)) == (False, True)
    assert told(client, me, person) == ["it is confidential no more"]
    becomes(role, confidential=True, hours=2)
    person.refresh_from_db()
    assert (person.only_confidential, sees(me, person)) == (True, False)
    assert told(client, role.recruiter, person) == ["it became confidential", "it is confidential no more"]


def test_who_may_not_see_the_role_reads_nothing_of_it(client: Client) -> None:
    """They are known by an open role, too; what the other one did is its team's to know."""
    role, other = (make.make_requisition(confidential=True, state="open") for _ in range(2))
    person = taken_up(role)
    becomes(role, confidential=False)
    add_application(candidate_id=person.pk, requisition_id=other.pk, by=other.recruiter, now=NOW)
    make.make_application(candidate=person)
    becomes(role, confidential=True, hours=2)
    person.refresh_from_db()
    assert not person.only_confidential
    assert told(client, make.make_user(), person) == []
    assert told(client, role.recruiter, person) == ["it is confidential no more"]


@pytest.mark.parametrize("known_by", ["another role", "the add form", "the pool"])
def test_who_is_known_otherwise_is_not_hidden(known_by: str) -> None:
    role, me = make.make_requisition(state="open"), make.make_user()
    person = taken_up(role)
    if known_by == "another role":
        make.make_application(candidate=person)
    elif known_by == "the add form":
        Application.objects.update(applied_at=person.created_at + timedelta(days=1))
    else:
        until = NOW + timedelta(days=365)
        Candidate.objects.update(pool_consent_at=NOW, pool_consent_until=until)
    becomes(role, confidential=True)
    assert sees(me, person)
    assert not Activity.objects.filter(verb="application.went_hidden").exists()


def test_two_of_one_address_stay_two_and_both_are_seen() -> None:
    role, me = make.make_requisition(confidential=True, state="open"), make.make_user(Role.RECRUITER)
    person = taken_up(role)
    openly = make.make_candidate(email=person.email)
    becomes(role, confidential=False)
    person.refresh_from_db()
    assert person.only_confidential
    assert (sees(me, person), sees(me, openly)) == (True, True)


def test_another_confidential_role_hides_them_no_longer_and_stays_hidden_itself() -> None:
    role, me = make.make_requisition(confidential=True, state="open"), make.make_user()
    person = taken_up(role)
    secret = make.make_application(
        candidate=person, requisition=make.make_requisition(confidential=True, state="open")
    )
    becomes(role, confidential=False)
    assert sees(me, person)
    assert not Application.objects.visible_to(me).filter(pk=secret.pk).exists()
