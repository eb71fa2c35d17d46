"""Applicants from within the house: their own manager is no partner on it until they say so."""

import pytest
from django.test import Client

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.models import Activity
from candidates.applications import actions as applications
from candidates.internal import actions
from candidates.internal.queries import kept_from, wants_manager
from candidates.models import (
    Application,
    KeptFrom,
)
from requisitions.models import Requisition
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.internal.parts import apply, kept
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW

pytestmark = pytest.mark.django_db


# --- From whom an application is kept


def test_who_writes_from_their_address_at_work_is_known(
    role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="Ines@house.example")
    assert kept(application) == [(manager, None, False)]
    assert not Application.objects.visible_to(manager).filter(pk=application.pk).exists()
    assert Application.objects.visible_to(role.recruiter).filter(pk=application.pk).exists()


def test_who_says_their_address_at_work_is_known_too(
    role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="private@example.com", works_here=True, work_email="ines@house.example")
    assert kept(application) == [(manager, None, False)]


def test_of_whom_nobody_knows_the_manager_it_is_kept_from_the_roles_own(
    role: Requisition, manager: User
) -> None:
    application = apply(role, email="private@example.com", works_here=True)
    assert kept(application) == [(manager, None, True)]
    boss = make.make_user(Role.MANAGER)
    by = role.recruiter
    actions.name_manager(application_id=application.pk, manager_id=boss.pk, by=by, now=NOW)
    assert kept(application) == [(boss, None, False)]


def test_while_nobody_knows_it_is_kept_from_who_leads_the_role_next(role: Requisition, manager: User) -> None:
    application, following = (
        apply(role, email="private@example.com", works_here=True),
        make.make_user("manager"),
    )
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=following)
    assert kept(application) == [(manager, None, True), (following, None, True)]


def test_of_a_stranger_it_is_kept_from_nobody(role: Requisition, manager: User) -> None:
    application = apply(role, email="private@example.com")
    assert kept(application) == []
    assert Application.objects.visible_to(manager).get() == application


def test_taken_up_by_a_recruiter_it_is_kept_as_well(
    role: Requisition, manager: User, colleague: User
) -> None:
    candidate = make.make_candidate(email="ines@house.example")
    application = applications.add_application(
        candidate_id=candidate.pk, requisition_id=role.pk, by=role.recruiter, now=NOW
    )
    assert kept(application) == [(manager, None, False)]


def test_the_next_manager_sees_nothing_either(role: Requisition, manager: User, colleague: User) -> None:
    application, following = apply(role, email="ines@house.example"), make.make_user(Role.LEAD)
    admin = make.make_user(Role.ADMIN)
    accounts.set_manager(user_id=colleague.pk, manager_id=following.pk, by=admin, now=NOW)
    assert {user for user, _, _ in kept(application)} == {manager, following}


def test_the_form_asks_where_the_organisation_wants_it(
    client: Client, role: Requisition, manager: User
) -> None:
    post = make.make_post(role, slug="inside")
    assert "I work here" in client.get("/careers/inside/apply/").content.decode()
    given = {"first_name": "Ines", "email": "i@example.com", "cover_letter": "Hello.", "works_here": "on"}
    assert client.post("/careers/inside/apply/", given).status_code == 302
    assert kept(Application.objects.get()) == [(manager, None, True)]
    organisation = post.requisition.organisation
    organisation.asks_who_works_here = False
    organisation.save()
    assert "I work here" not in client.get("/careers/inside/apply/").content.decode()


# --- The candidate says so


def test_only_the_candidate_lifts_it_on_record(role: Requisition, manager: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    actions.let_know(candidate=make.make_candidate(), application_id=application.pk, now=NOW)
    assert kept(application) == [(manager, None, False)]
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    row = KeptFrom.objects.get()
    assert (row.lifted_at, row.lifted_by) == (NOW, application.candidate)
    said = Activity.objects.get(verb="application.manager_may_know")
    assert (said.actor_kind, said.actor_id) == ("candidate", application.candidate_id)
    assert Application.objects.visible_to(manager).get() == application


def test_they_lift_it_on_their_own_page(
    client: Client, role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    token = open_for(application.candidate).rstrip("/").rpartition("/")[2]
    assert "Your manager does not know" in client.get(f"/status/{token}/").content.decode()
    answer = client.post(f"/status/{token}/manager/{application.pk}/")
    assert answer["Location"] == f"/status/{token}/?done=manager"
    assert kept(application) == []
    assert "Your manager does not know" not in client.get(f"/status/{token}/").content.decode()


def test_once_they_may_know_nobody_asks_for_whom_they_work(role: Requisition, manager: User) -> None:
    application = apply(role, email="private@example.com", works_here=True)
    rows = kept_from(application)
    assert (len(rows), wants_manager(application, rows)) == (1, True)
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    assert (kept_from(application), wants_manager(application, [])) == ([], False)


def test_of_what_came_to_nothing_nobody_needs_to_hear(
    client: Client, role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    applications.withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
    assert "Your manager does not know" not in client.get(open_for(application.candidate)).content.decode()
    assert kept(application) == [(manager, None, False)]
