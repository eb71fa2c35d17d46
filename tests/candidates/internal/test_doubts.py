"""An applicant does not work here after all: said by one, confirmed by a lead, never of whom the house knows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.models import Activity, OutgoingMail
from candidates.internal import actions
from candidates.internal.queries import kept_from, wants_manager
from candidates.models import Application, KeptFrom
from partners.checkins.queries import agenda
from partners.partnerships.actions import begin
from requisitions.models import Requisition
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.internal.parts import apply, kept
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WHY = "They took the question for one about their town."


@pytest.fixture
def lead() -> User:
    return make.make_user(Role.LEAD, name="Lena Lead")


@pytest.fixture
def ticked(role: Requisition, lead: User) -> Application:
    """Somebody who said that they work here, and no more."""
    return apply(role, email="private@example.com", works_here=True)


def doubt(application: Application, by: User, reason: str = WHY) -> None:
    actions.doubt(application_id=application.pk, reason=reason, by=by, now=NOW)


def confirm(application: Application, by: User) -> None:
    actions.confirm_doubt(application_id=application.pk, by=by, now=LATER)


def asked() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(role="internal.doubted").order_by("pk"))


def recorded() -> list[tuple[str, int | None]]:
    rows = Activity.objects.filter(verb__startswith="application.works_here_").order_by("id")
    return list(rows.values_list("verb", "actor_id"))


def test_what_one_says_and_a_lead_confirms_is_kept_from_nobody(
    role: Requisition, manager: User, lead: User, ticked: Application
) -> None:
    begin(requisition=role, now=NOW)
    doubt(ticked, role.recruiter, f"  {WHY} ")
    assert kept(ticked) == [(manager, None, True)]
    (mail,) = asked()
    assert (mail.to, WHY in mail.text, ticked.candidate.name in mail.text) == (lead.email, True, False)
    confirm(ticked, lead)
    row = KeptFrom.objects.get()
    assert (row.lifted_at, row.lifted_by, row.doubted_by, row.wrong_by) == (LATER, None, role.recruiter, lead)
    assert list(Application.objects.visible_to(manager)) == [ticked]
    assert (kept_from(ticked), wants_manager(ticked, [])) == ([], False)
    assert agenda.who_waits(role.pk) == [ticked.pk]
    assert recorded() == [
        ("application.works_here_doubted", role.recruiter.pk),
        ("application.works_here_wrong", lead.pk),
    ]
    with pytest.raises(WrongState, match="kept from nobody"):
        doubt(ticked, role.recruiter)


def test_nobody_does_it_alone(role: Requisition, manager: User, lead: User, ticked: Application) -> None:
    with pytest.raises(WrongState, match="Nobody has said"):
        confirm(ticked, lead)
    doubt(ticked, lead)
    assert asked() == []  # there is no other
    for nobody in (lead, role.recruiter):
        with pytest.raises(NotAllowed):
            confirm(ticked, nobody)
    with pytest.raises(Missing):
        confirm(ticked, manager)
    assert kept(ticked) == [(manager, None, True)]
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptFrom.objects.update(lifted_at=LATER, wrong_by=lead)


def test_a_lead_who_manages_the_role_does_not_confirm_it(manager: User, lead: User) -> None:
    role = make.make_requisition(manager=lead)
    ticked = apply(role, email="private@example.com", works_here=True)
    doubt(ticked, role.recruiter)
    with pytest.raises(Missing):
        confirm(ticked, lead)
    assert asked() == []


def test_of_whom_the_house_knows_that_they_work_here_only_they_lift_it(
    role: Requisition, manager: User, lead: User, colleague: User
) -> None:
    by_address = apply(role, email="ines@house.example")
    colleague.manager = None
    colleague.save()
    without_manager = apply(role, email="other@example.com", works_here=True, work_email="ines@house.example")
    noted = apply(role, email="private@example.com", works_here=True)
    doubt(noted, role.recruiter)
    actions.name_manager(application_id=noted.pk, manager_id=manager.pk, by=role.recruiter, now=NOW)
    with pytest.raises(WrongState, match="They do work here"):
        confirm(noted, lead)
    for application in (by_address, without_manager, noted):
        with pytest.raises(WrongState, match="They do work here"):
            doubt(application, role.recruiter)
        assert [user for user, *_ in kept(application)] == [manager]


def test_a_lead_leaves_it_as_it_is(role: Requisition, manager: User, lead: User, ticked: Application) -> None:
    doubt(ticked, role.recruiter)
    with pytest.raises(WrongState, match="asked about it already"):
        doubt(ticked, role.recruiter)
    actions.dismiss_doubt(application_id=ticked.pk, by=lead, now=LATER)
    assert kept(ticked) == [(manager, None, True)]
    doubt(ticked, role.recruiter)
    assert [verb for verb, _ in recorded()] == [
        "application.works_here_doubted",
        "application.works_here_stays",
        "application.works_here_doubted",
    ]


def test_who_leads_the_role_since_then_sees_it_as_well(
    role: Requisition, manager: User, lead: User, ticked: Application
) -> None:
    doubt(ticked, role.recruiter)
    following = make.make_user(Role.MANAGER)
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=following)
    assert [user for user, *_ in kept(ticked)] == [manager, following]
    confirm(ticked, lead)
    assert kept(ticked) == []


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_it_says_why(role: Requisition, ticked: Application, reason: str) -> None:
    with pytest.raises(Invalid):
        doubt(ticked, role.recruiter, reason)
    assert recorded() == []


def test_on_the_page(client: Client, role: Requisition, lead: User, ticked: Application) -> None:
    page = f"/applications/{ticked.pk}/"
    client.force_login(role.recruiter)
    assert "They do not work here after all" in client.get(page).text
    assert client.post(f"{page}works-here/doubt/", {"reason": WHY}).status_code == 302
    said = f"{role.recruiter} says that they do not work here: “{WHY}”"
    mine = client.get(page).text
    assert (said in mine, 'name="confirm"' in mine) == (True, False)
    client.force_login(lead)
    theirs = client.get(page).text
    assert (said in theirs, 'name="confirm"' in theirs) == (True, True)
    assert client.post(f"{page}works-here/settle/", {"confirm": "no"}).status_code == 302
    assert len(kept(ticked)) == 1
    doubt(ticked, role.recruiter)
    client.post(f"{page}works-here/settle/", {"confirm": "yes"})
    assert kept(ticked) == []
    assert "Works here" not in client.get(page).text
