"""Offers, hires and the file of hires are the part of who leads the role; others read whom to ask."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.approvals import actions as approvals
from ats.approvals.models import Approval, ApprovalChain, ApprovalStep
from ats.kernel.errors import Invalid, Missing, NotAllowed
from candidates.applications.actions import hire, move, reject
from candidates.models import Application, Offer
from candidates.offers import actions
from tests import factories as make
from tests.candidates.offers.conftest import FIRST_DAY, TERMS, sent
from tests.factories import NOW

pytestmark = pytest.mark.django_db

ACTS: dict[str, Callable[..., Any]] = {
    "change": lambda offer, by: actions.change_terms(offer_id=offer, by=by, now=NOW, pay=1),
    "submit": lambda offer, by: actions.submit(offer_id=offer, by=by, now=NOW),
    "send": lambda offer, by: actions.send(offer_id=offer, by=by, now=NOW),
    "withdraw": lambda offer, by: actions.withdraw(offer_id=offer, by=by, now=NOW, reason="Because."),
    "drop": lambda offer, by: actions.drop_next(offer_id=offer, by=by, now=NOW),
}


def outsiders() -> list[User]:
    return [make.make_user(), make.make_user(Role.COORDINATOR)]


def as_it_is(offer: Offer) -> tuple[Any, ...]:
    offer.refresh_from_db()
    return offer.state, offer.number, list(offer.terms.values_list("pay", flat=True))


@pytest.mark.parametrize("act", ACTS)
def test_an_outsider_touches_no_offer(application: Application, act: str) -> None:
    recruiter = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=recruiter, now=NOW, **TERMS)
    before = as_it_is(offer)
    for me in outsiders():
        with pytest.raises(NotAllowed) as refused:
            ACTS[act](offer.pk, me)
        assert refused.value.message == f"Ask {recruiter}: who leads a role makes its offers."
    assert as_it_is(offer) == before


def test_nor_begins_one_by_action_page_or_api(client: Client, application: Application) -> None:
    recruiter, name = application.requisition.recruiter, application.candidate.name
    said = f"Ask {recruiter} to offer {name} a seat or hire them."
    body = {"application": application.pk, "pay": "70000", "starts_on": str(FIRST_DAY)}
    for me in outsiders():
        with pytest.raises(NotAllowed) as refused:
            actions.draft(application_id=application.pk, by=me, now=NOW, **TERMS)
        assert refused.value.message == said
        client.force_login(me)
        answer = client.post("/api/v1/offers/", body, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (403, said)
        for page in (client.get, client.post):
            shown = page(f"/offers/new/{application.pk}/")
            assert (shown.status_code, said in shown.content.decode()) == (403, True)
    assert not Offer.objects.exists()


def test_nor_hires(client: Client, application: Application) -> None:
    said = (
        f"Ask {application.requisition.recruiter} to offer {application.candidate.name} a seat or hire them."
    )
    for me in outsiders():
        with pytest.raises(NotAllowed) as refused:
            hire(application_id=application.pk, by=me, now=NOW)
        assert refused.value.message == said
        client.force_login(me)
        shown = client.post(f"/applications/{application.pk}/hire/", {"starts_on": str(FIRST_DAY)})
        assert (shown.status_code, said in shown.content.decode()) == (403, True)
        page = client.get(f"/applications/{application.pk}/").content.decode()
        assert (f"/applications/{application.pk}/hire/" in page, "/offers/new/" in page) == (False, False)
    application.refresh_from_db()
    assert application.state == "active"


@pytest.mark.parametrize("leader", ["recruiter", "lead", "admin"])
def test_who_leads_the_role_does(application: Application, leader: str) -> None:
    by = application.requisition.recruiter if leader == "recruiter" else make.make_user(leader)
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    assert actions.send(offer_id=offer.pk, by=by, now=NOW).state == "sent"


def test_a_hidden_offer_answers_as_a_missing_one(application: Application) -> None:
    requisition = application.requisition
    offer = actions.draft(application_id=application.pk, by=requisition.recruiter, now=NOW, **TERMS)
    requisition.confidential = True
    requisition.save()
    me = make.make_user()
    for number in (offer.pk, offer.pk + 10_000):
        with pytest.raises(Missing):
            actions.send(offer_id=number, by=me, now=NOW)


def test_a_recruiter_of_no_team_still_decides_and_a_coordinator_moves(application: Application) -> None:
    cora, me = make.make_user(Role.COORDINATOR), make.make_user()
    stage = make.stage(application.requisition, "review")
    move(application_id=application.pk, stage_id=stage.pk, by=cora, now=NOW)
    with pytest.raises(NotAllowed) as refused:
        reject(application_id=application.pk, by=cora, now=NOW, reason="skills", message=None)
    name = application.candidate.name
    assert refused.value.message == f"Ask {application.requisition.recruiter} to decide about {name}."
    code = make.make_reason().code
    done = reject(application_id=application.pk, by=me, now=NOW, reason=code, message=None)
    assert done.state == "rejected"


class TestTheFileOfHires:
    @pytest.fixture
    def hires(self, application: Application) -> list[Application]:
        other = make.make_application(stage_kind="offer")
        for each in (application, other):
            hire(application_id=each.pk, by=each.requisition.recruiter, now=NOW, starts_on=date(2027, 3, 1))
        return [application, other]

    @staticmethod
    def exported(client: Client, user: User) -> list[str]:
        client.force_login(user)
        answer = client.post("/hires/export/", {"format": "csv"})
        assert answer.status_code == 200
        return [row["application"] for row in csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))]

    def test_holds_those_of_roles_that_one_leads(self, client: Client, hires: list[Application]) -> None:
        first, second = (str(each.pk) for each in hires)
        assert self.exported(client, make.make_user()) == []
        assert self.exported(client, hires[0].requisition.recruiter) == [first]
        assert self.exported(client, make.make_user(Role.LEAD)) == [first, second]

    def test_is_nothing_for_coordinators(self, client: Client, hires: list[Application]) -> None:
        client.force_login(make.make_user(Role.COORDINATOR))
        statuses = [client.post("/hires/export/").status_code, client.get("/hires/").status_code]
        assert statuses == [403, 403]


class TestNobodyApprovesWhatTheyAskedFor:
    @pytest.fixture
    def chain(self, db: Any) -> ApprovalChain:
        chain = ApprovalChain.objects.create(kind="offer")
        ApprovalStep.objects.create(chain=chain, position=1, part="recruiter")
        return chain

    def test_nor_what_they_wrote(self, application: Application, chain: ApprovalChain) -> None:
        """The recruiter writes it and has somebody else press the button."""
        recruiter, lead = application.requisition.recruiter, make.make_user(Role.LEAD)
        admin = make.make_user(Role.ADMIN)
        offer = actions.draft(application_id=application.pk, by=recruiter, now=NOW, **TERMS)
        actions.submit(offer_id=offer.pk, by=admin, now=NOW)
        row = Approval.objects.get()
        said = f"{recruiter} wrote it and does not approve it alone"
        assert (row.approver, row.because) == (lead, said)

    @pytest.fixture
    def theirs(self, application: Application, chain: ApprovalChain) -> Approval:
        """What the only lead wrote, an administrator asks for, and the manager is asked about."""
        chain.steps.update(part="hiring_manager")
        lead = make.make_user(Role.LEAD)
        offer = actions.draft(application_id=application.pk, by=lead, now=NOW, **TERMS)
        actions.submit(offer_id=offer.pk, by=make.make_user(Role.ADMIN), now=NOW)
        return Approval.objects.get()

    def test_nor_is_it_passed_on_to_who_wrote_it(self, client: Client, theirs: Approval) -> None:
        lead, manager = User.objects.get(role=Role.LEAD), theirs.approver
        with pytest.raises(Invalid) as refused:
            approvals.delegate(approval_id=theirs.pk, to=lead, by=manager, now=NOW)
        assert refused.value.message == f"{lead} wrote it, and does not approve it alone."
        client.force_login(manager)
        page = f"/approvals/{theirs.request_id}/"
        own = {manager, lead, theirs.request.requested_by}
        offered = set(client.get(page).context["pass_on_form"].fields["to"].queryset)
        assert offered == set(User.objects.visible_to(manager)) - own
        assert client.post(f"{page}pass-on/", {"to": lead.pk}).status_code == 422
        theirs.refresh_from_db()
        assert theirs.state == "open"

    @pytest.mark.parametrize("left", ["signs in no more", "has another role"])
    def test_nor_handed_on_to_them(self, theirs: Approval, left: str) -> None:
        manager, other = theirs.approver, make.make_user(Role.LEAD)
        if left == "signs in no more":
            User.objects.filter(pk=manager.pk).update(is_active=False)
        approvals.hand_on(request_id=theirs.request_id, approvals=[theirs.pk], by=None, now=NOW)
        assert [row.approver for row in Approval.objects.unsettled()] == [other]

    def test_nor_do_they_say_yes_to_what_was_passed_on_to_them_before(self, theirs: Approval) -> None:
        lead, other = theirs.request.requested_by, User.objects.get(role=Role.LEAD)
        theirs.approver = other
        theirs.save(update_fields=["approver"])
        third = make.make_user(Role.LEAD)
        with pytest.raises(NotAllowed) as refused:
            approvals.approve(approval_id=theirs.pk, by=other, now=NOW)
        assert refused.value.message == f"You wrote this yourself: pass it on to {third}."
        theirs.approver = lead
        theirs.save(update_fields=["approver"])
        with pytest.raises(NotAllowed) as refused:
            approvals.approve(approval_id=theirs.pk, by=lead, now=NOW)
        assert refused.value.message == f"You asked for this yourself: pass it on to {third}."

    def test_without_leads_the_partner_is_asked(self, application: Application, chain: ApprovalChain) -> None:
        requisition = application.requisition
        offer = actions.draft(application_id=application.pk, by=requisition.recruiter, now=NOW, **TERMS)
        actions.submit(offer_id=offer.pk, by=requisition.recruiter, now=NOW)
        assert [row.approver for row in Approval.objects.all()] == [requisition.hiring_manager]

    def test_who_was_alone_passes_it_on_once_somebody_is_there(self, chain: ApprovalChain) -> None:
        alone = make.make_user(Role.ADMIN)
        requisition = make.make_requisition(recruiter=alone, manager=alone)
        application = make.make_application(stage_kind="offer", requisition=requisition)
        offer = actions.draft(application_id=application.pk, by=alone, now=NOW, **TERMS)
        actions.submit(offer_id=offer.pk, by=alone, now=NOW)
        row = Approval.objects.get()
        assert (row.approver, row.because) == (alone, "there is nobody else to ask")
        lead = make.make_user(Role.LEAD)
        with pytest.raises(NotAllowed) as refused:
            approvals.approve(approval_id=row.pk, by=alone, now=NOW)
        assert refused.value.message == f"You asked for this yourself: pass it on to {lead}."


def test_sent_stays_with_who_leads(application: Application) -> None:
    offer = sent(application)
    with pytest.raises(NotAllowed):
        actions.extend(offer_id=offer.pk, until_day=FIRST_DAY, by=make.make_user(), now=NOW)
