"""The next version of an offer that is with its candidate: beside it while it is made, then in its place."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ats.accounts.models import Role
from ats.approvals import actions as approvals
from ats.approvals import queries as approval_queries
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.kernel.errors import Conflict, Invalid, WrongState
from candidates.models import Application, Offer, OfferDocument, Signature
from candidates.offers import actions, queries, workflow
from candidates.offers.actions import answer as answering
from candidates.offers.actions import keep_documents
from candidates.offers.models import NextState
from candidates.portal.queries import offers
from tests.candidates.helpers import at_once, days, hours, mails, open_one, run_lane
from tests.candidates.offers.conftest import TERMS, sent
from tests.candidates.offers.test_answering import accept
from tests.candidates.offers.test_making import verbs
from tests.candidates.offers.test_pages import enter, path_of, with_candidate
from tests.factories import NOW, make_application, make_requisition, make_user


def better(offer: Offer, *, now: Any, **terms: Any) -> Offer:
    """The next version, approved by policy and ready to be sent."""
    by = offer.application.requisition.recruiter
    actions.change_terms(offer_id=offer.pk, by=by, now=now, **(terms or {"pay": Decimal(72000)}))
    return actions.submit(offer_id=offer.pk, by=by, now=now)


def test_the_ways_of_a_next_version():
    assert set(workflow.NEXT) == set(NextState)
    reached = {state for ways in workflow.NEXT.values() for state in ways}
    assert reached == set(NextState)


@pytest.mark.ordinary_day
def test_the_old_one_stands_until_the_new_one_takes_its_place(application):
    by, offer = application.requisition.recruiter, sent(application)
    until = offer.expires_at
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), pay=Decimal(72000), valid_days=1)
    offer = actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), bonus="A bicycle")
    assert (offer.state, offer.number, offer.next_state, offer.next_number) == ("sent", 1, "draft", 3)
    with pytest.raises(WrongState, match="is a draft"):
        actions.send(offer_id=offer.pk, by=by, now=hours(2))
    offer = actions.submit(offer_id=offer.pk, by=by, now=hours(2))
    old, new = OfferDocument.objects.order_by("number")
    assert (offer.next_state, new.number, keep_documents.letter_of(offer)) == ("approved", 3, old)
    assert queries.offer_page(by, offer.pk, now=hours(2)).next_changes == [
        "Pay: €72,000 a year instead of €70,000 a year",
        "Bonus: A bicycle",
        "Time to answer: 1 working day",
    ]
    offer = actions.send(offer_id=offer.pk, by=by, now=hours(3))
    assert (offer.state, offer.number, offer.next_state, offer.next_number, offer.renewed_from) == (
        "sent", 3, "", None, 1,
    )  # fmt: skip
    assert offer.expires_at == until  # nobody gets less time by it
    [mail] = mails("offer.renewed")
    assert (mail.state, mail.not_before, "72,000" in mail.text) == ("queued", hours(3), False)
    assert (mails("offer.sent")[0].state, open_one(application).due_at) == ("cancelled", until)
    with pytest.raises(Conflict, match="has changed since you opened it"):
        accept(offer, sha256=old.sha256, now=hours(4))
    accept(offer, sha256=new.sha256, now=hours(4))
    assert Signature.objects.get().document_sha256 == new.sha256
    assert [verb.removeprefix("offer.") for verb in verbs(application)] == [
        "drafted", "submitted", "approved", "sent", "changed", "changed", "submitted", "approved", "renewed",
        "accepted",
    ]  # fmt: skip


@pytest.mark.ordinary_day
def test_more_time_comes_with_it_and_the_clocks_follow(application):
    by, offer = application.requisition.recruiter, sent(application)
    until = offer.expires_at
    offer = better(offer, now=days(1), valid_days=10)
    offer = actions.send(offer_id=offer.pk, by=by, now=days(1))
    assert offer.expires_at > until
    assert open_one(application).due_at == offer.expires_at
    run_lane("tasks", until)
    offer.refresh_from_db()
    assert (offer.state, mails("offer.expired")) == ("sent", [])
    run_lane("tasks", offer.expires_at)
    offer.refresh_from_db()
    assert offer.state == "expired"


@pytest.mark.ordinary_day
def test_it_is_dropped_or_ends_with_what_they_answer(application):
    by, offer = application.requisition.recruiter, sent(application)
    manager = application.requisition.hiring_manager
    chain = ApprovalChain.objects.create(kind="offer")
    ApprovalStep.objects.create(chain=chain, position=1, part="hiring_manager")
    better(offer, now=hours(2))
    offer = actions.drop_next(offer_id=offer.pk, by=by, now=hours(2))
    assert (offer.number, offer.next_state, manager.approvals.get().state) == (1, "", "cancelled")
    with pytest.raises(WrongState, match="has not been begun"):
        actions.drop_next(offer_id=offer.pk, by=by, now=hours(2))
    offer = better(offer, now=hours(3))
    assert (offer.next_state, offer.next_number) == ("approval", 3)
    accept(offer, now=hours(4))
    offer.refresh_from_db()
    assert (offer.state, offer.number, offer.next_state) == ("accepted", 1, "")
    assert {row.state for row in manager.approvals.all()} == {"cancelled"}
    with pytest.raises(WrongState, match="has been accepted"):
        actions.change_terms(offer_id=offer.pk, by=by, now=hours(4), pay=Decimal(1))


@pytest.mark.ordinary_day
def test_it_is_approved_as_its_conditions_ask(application):
    by, lead = application.requisition.recruiter, make_user(Role.LEAD)
    offer = sent(application)
    chain = ApprovalChain.objects.create(kind="offer")
    ApprovalStep.objects.create(
        chain=chain, position=1, person=lead, label="Compensation", condition="above_range"
    )
    assert better(offer, now=hours(2)).next_state == "approved"  # within it, nobody is asked
    offer = better(offer, now=hours(3), pay=Decimal(90000), range_reason="Another offer in hand")
    assert offer.next_state == "approval"
    asked = lead.approvals.get(state="open")
    since = approval_queries.since(asked)
    assert (since.what, [change.label for change in since.changes]) == (
        "was approved before",
        ["Pay", "Approved range", "Why this pay"],
    )
    approvals.send_back(approval_id=asked.pk, reason="Too much", by=lead, now=hours(3))
    offer.refresh_from_db()
    assert (offer.state, offer.next_state) == ("sent", "draft")
    better(offer, now=hours(4), pay=Decimal(85000))
    asked = lead.approvals.get(state="open")
    approvals.approve(approval_id=asked.pk, by=lead, now=hours(4))
    offer.refresh_from_db()
    assert offer.next_state == "approved"
    actions.send(offer_id=offer.pk, by=by, now=hours(5))
    mine = offers.offer_of(application.candidate, offer.pk, now=hours(6))
    assert mine.changes == ["Pay: €85,000 a year instead of €70,000 a year"]  # its reason stays in the house


@pytest.mark.ordinary_day
def test_what_cannot_be(application):
    by, offer = application.requisition.recruiter, sent(application)
    with pytest.raises(WrongState, match="has not left yet"):
        actions.change_terms(offer_id=offer.pk, by=by, now=hours(0.1), pay=Decimal(72000))
    with pytest.raises(WrongState, match="has run out"):
        actions.change_terms(offer_id=offer.pk, by=by, now=days(40), pay=Decimal(72000))
    with pytest.raises(Invalid, match="Nothing is other"):
        actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), pay=TERMS["pay"])
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), pay=Decimal(72000))
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), pay=TERMS["pay"])
    with pytest.raises(WrongState, match="says the same"):
        actions.submit(offer_id=offer.pk, by=by, now=hours(2))
    with pytest.raises(IntegrityError, match="offer_next_while_sent"), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(state="declined", settled_at=NOW)
    answering.decline(offer=offer, reason="", candidate=application.candidate, now=hours(3))
    assert (
        queries.last_terms_of(application).number == 3
    )  # the next offer begins with what was last thought of


@pytest.mark.ordinary_day
@pytest.mark.django_db(transaction=True)
def test_accepting_the_old_one_while_the_new_one_is_sent():
    one = make_application(stage_kind="offer", requisition=make_requisition(openings=1))
    offer = better(sent(one), now=hours(2))
    by, seen = one.requisition.recruiter, keep_documents.letter_of(offer).sha256
    found = at_once(
        lambda: accept(Offer.objects.get(pk=offer.pk), sha256=seen),
        lambda: actions.send(offer_id=offer.pk, by=by, now=hours(3)),
    )
    offer.refresh_from_db()
    kinds = [type(each).__name__ for each in found]
    won = {"accepted": (["Offer", "WrongState"], 1, 0), "sent": (["Conflict", "Offer"], 2, 1)}
    assert (kinds, offer.number, len(mails("offer.renewed"))) == won[offer.state]
    assert Application.objects.get(pk=one.pk).state == {"accepted": "hired", "sent": "active"}[offer.state]


def test_on_the_pages(client, application):
    offer = with_candidate(application)
    here, staff = f"/offers/{offer.pk}/", enter(application.requisition.recruiter)
    theirs = f"{path_of(application)}offers/{offer.pk}/"
    seen = client.get(f"{theirs}accept/").context["mine"].sha256
    old = client.get(f"{theirs}letter.pdf").content
    form = staff.get(f"{here}?change=1").context["form"]
    answer = staff.post(here, form.initial | {"ends_on": "", "hours_a_week": "", "bonus": "A bicycle"})
    assert answer.status_code == 302
    page = staff.get(here).content.decode()
    for words in ("The next version is a draft.", "Bonus: A bicycle", "The letter of the next version"):
        assert words in page
    assert staff.get(f"{here}pages/1/?version=2")["Content-Type"] == "image/png"
    assert staff.get(f"{here}letter.pdf?version=9").status_code == 404
    staff.post(f"{here}submit/")
    assert client.get(f"{theirs}letter.pdf").content == old == staff.get(f"{here}letter.pdf").content
    assert b"bicycle" not in client.get(theirs).content
    assert f'href="{here}">Send it' in staff.get("/").content.decode()
    staff.post(f"{here}send/")
    assert (
        client.get(f"{theirs}letter.pdf").content == staff.get(f"{here}letter.pdf?version=2").content != old
    )
    late = client.post(f"{theirs}accept/", {"typed_name": "Robin", "sha256": seen})
    assert (late.status_code, late["Location"]) == (302, f"{theirs}?changed")
    told = client.get(late["Location"]).content.decode()
    for words in ("Nothing is accepted yet", "What has changed", "Bonus: A bicycle"):
        assert words in told
    assert "We have changed our offer." in client.get(path_of(application)).content.decode()
    staff.post(here, form.initial | {"ends_on": "", "hours_a_week": "", "bonus": "A tandem"})
    staff.post(f"{here}drop-next/")
    assert "tandem" not in client.get(theirs).content.decode()
    assert staff.get(here).context["page"].next is None
