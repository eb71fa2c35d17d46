"""Offers in the demo company: made, approved, sent, and answered."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from ats.approvals import actions as approvals
from ats.approvals.actions.lay_chain import lay
from ats.approvals.domain.chains import Wanted
from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from ats.models import Approval
from candidates.applications.models import Application
from candidates.models import Offer, OfferState
from candidates.offers import actions as offers
from candidates.offers.actions import answer, keep_documents
from candidates.promises.actions import approve_words as approve
from candidates.promises.queries import texts


def lay_chain(house: House, *, now: datetime) -> None:
    """The hiring manager agrees to every offer, and the lead to one above the approved range."""
    lay(
        kind="offer",
        organisation=house.organisation,
        steps=(
            Wanted(turn=1, part="hiring_manager"),
            Wanted(turn=2, person=house["lead"], label="Compensation", condition="above_range"),
        ),
        hours=16,
        mail_links=True,
        by=house["admin"],
        now=now,
    )


def approve_words(house: House, *, now: datetime) -> None:
    """The lead has read how candidates are told that a promise to them was broken too often."""
    seen = [text.digest for text in texts(house.organisation)]
    approve(organisation_id=house.organisation.pk, seen=seen, by=house["lead"], now=now)


def first_of_month(now: datetime, days: int) -> date:
    return (now + timedelta(days=days)).date().replace(day=1)


def make_offer(story: Timeline, role: Role, application: Application, *, now: datetime) -> Offer:
    """In the range it goes out the same day; above it, the lead still has to say yes."""
    recruiter, requisition = story.house[role.plan.recruiter], role.requisition
    top = Decimal(requisition.pay_max or 0)
    above = role.plan.key == "data"
    offer = offers.draft(
        application_id=application.pk,
        by=recruiter,
        now=now,
        pay=top + 4000 if above else top - 2000,
        starts_on=first_of_month(now, 75),
        range_reason="They run the same kind of load today, and would give up a bonus to come."
        if above
        else "",
    )
    offers.submit(offer_id=offer.pk, by=recruiter, now=now)
    for approval in Approval.objects.open().filter(
        request__kind="offer", request__subject_id=offer.pk, label__gt=""
    ):
        if approval.approver_id == requisition.hiring_manager_id:
            approvals.approve(approval_id=approval.pk, by=approval.approver, now=now + timedelta(minutes=40))
    offer.refresh_from_db()
    if offer.state == OfferState.APPROVED:
        offers.send(offer_id=offer.pk, by=recruiter, now=now + timedelta(hours=1))
        offer.refresh_from_db()
    return offer


def accept(offer_id: int, now: datetime) -> None:
    offer = _open(offer_id)
    letter = keep_documents.letter_of(offer) if offer else None
    if offer is not None and letter is not None:
        candidate = offer.application.candidate
        answer.accept(
            offer=offer,
            typed_name=candidate.name,
            sha256=letter.sha256,
            ip="127.0.0.1",
            user_agent="Demo",
            candidate=candidate,
            now=now,
        )


def decline(offer_id: int, now: datetime) -> None:
    offer = _open(offer_id)
    if offer is not None:
        answer.decline(
            offer=offer,
            reason="I have decided for something closer to home. It was the best process I was ever in.",
            candidate=offer.application.candidate,
            now=now,
        )


def _open(offer_id: int) -> Offer | None:
    rows = Offer.objects.select_related("application__candidate")
    return rows.filter(pk=offer_id, state=OfferState.SENT).first()
