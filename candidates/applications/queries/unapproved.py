"""Hiring somebody without an offer, where offers are approved before they leave: a lead says yes, on record."""

from ats.accounts.models import User
from ats.approvals.actions import chain_for
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.compose import words

OFFERS = "offer"
"""The kind of approval that offers need. They lie a slice higher: they are known here by name."""
LONGEST = 2_000


def asks_for_yes(application: Application) -> bool:
    """Whether offers of this house are approved first, and no offer to this person has been."""
    chain = chain_for(OFFERS, application.requisition.organisation)
    if chain is None or not chain.steps.exists():
        return False
    return not application.offers.filter(state__in=["approved", "sent"]).exists()


def reason_for(application: Application, *, by: User, given: str) -> str:
    """Why a lead hires them without an approved offer; empty where nobody has to say so."""
    if not asks_for_yes(application):
        return ""
    if not by.oversees:
        said = gettext(
            "%(organisation)s approves its offers before anybody is hired. "
            "Make the offer and ask for its approval, or ask a lead to hire them: "
            "their yes and its reason go on record."
        )
        raise Invalid(
            said % {"organisation": application.requisition.organisation},
            field="without_offer",
        )
    reason = words.typed(given)[:LONGEST]
    if not reason:
        raise Invalid(
            gettext("Say why they are hired without an approved offer: it stays on record."),
            field="without_offer",
        )
    return reason
