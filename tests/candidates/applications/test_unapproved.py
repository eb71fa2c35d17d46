"""Where offers are approved first, nobody is hired past that but by a lead who says why."""

import pytest

from ats.accounts.models import Role
from ats.api.actions import create_token
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.kernel.errors import Invalid
from ats.models import Activity
from candidates.applications import actions
from candidates.models import Application
from candidates.offers import actions as offers
from tests.candidates.helpers import days
from tests.candidates.offers.conftest import TERMS
from tests.candidates.offers.test_pages import enter
from tests.factories import NOW, make_application, make_requisition, make_user

pytestmark = pytest.mark.django_db
WHY = "They start as a stand-in tomorrow; compensation agreed by word."


@pytest.fixture
def application() -> Application:
    return make_application(stage_kind="offer", requisition=make_requisition(openings=1))


@pytest.fixture
def chain(application: Application) -> ApprovalChain:
    made = ApprovalChain.objects.create(kind="offer", organisation=application.requisition.organisation)
    ApprovalStep.objects.create(chain=made, position=1, part="hiring_manager")
    return made


def hire(application: Application, by, **more: object) -> Application:
    return actions.hire(application_id=application.pk, by=by, now=NOW, **more)


def on_record(application: Application) -> list[tuple[str, str]]:
    rows = Activity.objects.filter(application_id=application.pk, verb="application.hired_without_offer")
    return [(row.actor_name, row.data["why"]) for row in rows]


def test_a_recruiter_asks_for_that_approval(application, chain):
    by = application.requisition.recruiter
    for why in ("", WHY):
        with pytest.raises(Invalid, match="ask a lead to hire them"):
            hire(application, by, without_offer=why)
    offer = offers.draft(
        application_id=application.pk, by=by, now=NOW, **(TERMS | {"starts_on": days(90).date()})
    )
    with pytest.raises(Invalid, match="approves its offers"):
        hire(application, by)
    offers.submit(offer_id=offer.pk, by=by, now=NOW)
    with pytest.raises(Invalid, match="approves its offers"):
        hire(application, by)
    manager = application.requisition.hiring_manager
    from ats.approvals.actions import approve

    approve(approval_id=manager.approvals.get(state="open").pk, by=manager, now=NOW)
    assert hire(application, by).state == "hired"
    assert on_record(application) == []


def test_or_a_lead_says_yes_on_record(application, chain):
    lead = make_user(Role.LEAD)
    with pytest.raises(Invalid, match="Say why") as refused:
        hire(application, lead, without_offer="  ")
    assert refused.value.field == "without_offer"
    application.refresh_from_db()
    assert application.state == "active"
    assert hire(application, lead, without_offer=WHY).state == "hired"
    assert on_record(application) == [(str(lead), WHY)]


def test_where_nobody_approves_offers_nobody_is_asked(application):
    assert hire(application, application.requisition.recruiter).state == "hired"
    assert on_record(application) == []


def test_a_chain_without_steps_asks_nobody(application, chain):
    chain.steps.all().delete()
    assert hire(application, application.requisition.recruiter).state == "hired"


def test_the_page_says_so_before_anything_is_typed(application, chain):
    path = f"/applications/{application.pk}/hire/"
    words = {"subject": "Welcome", "body": "Welcome.", "version": 1}
    recruiter, lead = enter(application.requisition.recruiter), enter(make_user(Role.LEAD))
    shown = recruiter.get(path).content.decode()
    assert ("approves its offers before anybody" in shown, f"/offers/new/{application.pk}/" in shown) == (
        True, True,
    )  # fmt: skip
    assert 'name="subject"' not in shown
    assert recruiter.post(path, words).status_code == 422
    assert 'name="without_offer"' in lead.get(path).content.decode()
    refused = lead.post(path, words)
    assert (refused.status_code, "Say why they are hired" in refused.content.decode()) == (422, True)
    assert lead.post(path, words | {"without_offer": WHY}).status_code == 302
    application.refresh_from_db()
    assert (application.state, [why for _, why in on_record(application)]) == ("hired", [WHY])


def test_the_interface_for_machines_asks_the_same(application, chain):
    from rest_framework.test import APIClient

    def client(user) -> APIClient:
        _, secret = create_token(user=user, name="t", scopes=["candidates:read", "candidates:write"], now=NOW)
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return api

    path = f"/api/v1/applications/{application.pk}/hire/"
    answer = client(application.requisition.recruiter).post(path, {"without_offer": WHY}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "without_offer")
    answer = client(make_user(Role.LEAD)).post(path, {"without_offer": WHY}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "hired")
