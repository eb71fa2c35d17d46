"""The approval of offers: who has which part in it, and what may have to hold for a step."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import CanAct
from ats.approvals import actions as approvals
from ats.approvals.domain.kinds import ApprovalKind, declare
from ats.approvals.models import ApprovalRequestState
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from candidates.internal.queries import kept_people, partner_of
from candidates.offers.actions import fetch
from candidates.offers.domain import terms as terms_
from candidates.offers.domain.pay import Place, standing
from candidates.offers.models import Offer, OfferTerms
from requisitions.roles.domain.pay import in_words
from requisitions.roles.queries.approval import pay_has_changed

KIND = "offer"


def _never(offer_id: int) -> frozenset[int]:
    """From whom the offer's application is kept."""
    place = Offer.objects.filter(pk=offer_id).values_list("application", flat=True).first()
    return kept_people(place or 0)


declare(
    ApprovalKind(
        name=KIND,
        label="Offer",
        parts={"hiring_manager": "Hiring manager", "recruiter": "Recruiter"},
        conditions={
            "above_range": "Pay above the approved range",
            "outside_range": "Pay outside the approved range",
            "has_equity": "With equity",
            "custom_terms": "With further terms",
        },
        hold=fetch.hold,
        never=_never,
        wrote=lambda offer_id, number: (
            OfferTerms.objects.filter(offer=offer_id, number=number).values_list("made_by", flat=True).first()
        ),
    )
)


def holds(offer: Offer, terms: OfferTerms) -> set[str]:
    """The conditions that hold for these terms."""
    requisition = offer.application.requisition
    stands = standing(terms.pay, terms.pay_currency, terms.pay_period, requisition=requisition)
    found = {
        "above_range": stands is not None and stands.place is Place.ABOVE,
        "outside_range": stands is None or not stands.is_within,
        "has_equity": bool(terms.equity),
        "custom_terms": bool(terms.custom),
    }
    if pay_has_changed(requisition):  # the range is not the one that was approved: nobody goes by it
        found |= {"above_range": True, "outside_range": True}
    return {name for name, holds in found.items() if holds}


def ask(offer: Offer, terms: OfferTerms, *, by: User, now: datetime) -> bool:
    """Ask whoever has to approve it; True where nobody has to."""
    application = offer.application
    requisition = application.requisition
    name, role = application.candidate.name, requisition.title
    title = kept(
        f"Next version of the offer to {name}, {role}" if offer.next_number else f"Offer to {name}, {role}"
    )
    request = approvals.ask(
        kind=KIND,
        subject_id=offer.pk,
        subject_version=terms.number,
        title=title,
        facts=ours(_facts)(offer, terms),
        link=f"/offers/{offer.pk}/",
        organisation=requisition.organisation,
        parts={"hiring_manager": partner_of(application), "recruiter": requisition.recruiter},
        holds=holds(offer, terms),
        about=application.about(),
        by=by,
        now=now,
        wrote=by if terms.made_by_id == by.pk else terms.made_by,
    )
    return request.state == ApprovalRequestState.APPROVED


def take_back(offer: Offer, *, by: CanAct | None, now: datetime) -> None:
    """Nobody need answer any more."""
    approvals.take_back(kind=KIND, subject_id=offer.pk, by=by if isinstance(by, User) else None, now=now)


def _facts(offer: Offer, terms: OfferTerms) -> list[tuple[str, str]]:
    requisition = offer.application.requisition
    stands = standing(terms.pay, terms.pay_currency, terms.pay_period, requisition=requisition)
    rows = [(kept("Candidate"), offer.application.candidate.name), *terms_.facts(terms)]
    since = kept("It was changed after the role was approved.") if pay_has_changed(requisition) else ""
    said = [f"{in_words(requisition)}.", stands.words if stands else "", since]
    rows.insert(2, (kept("Approved range"), " ".join(filter(None, said))))
    if terms.range_reason:
        rows.insert(3, (kept("Why this pay"), terms.range_reason))
    rows.append((kept("Time to answer"), kept(f"{offer.days_of(terms.number)} working days")))
    written_in = min(offer.terms.filter(letter=terms.letter).values_list("number", flat=True))
    if written_in > 1:
        rows.append((kept("Words of the letter"), kept(f"changed in version {written_in}")))
    return rows
