"""What a requisition's own page shows of its offers."""

from datetime import datetime

from django.db.models import Q

from ats.accounts.models import User
from candidates.offers.models import LIVE, Offer, OfferState
from requisitions.models import Requisition
from requisitions.roles.pages.cards import Panel, panel


@panel("side")
def offers_of(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Who has an offer, and how it stands; for those who decide."""
    rows = Offer.objects.visible_to(user).filter(
        Q(state__in=[*LIVE, OfferState.ACCEPTED]), application__requisition=requisition
    )
    found = list(
        rows.select_related("application__candidate")
        .only(
            "state",
            "sent_at",
            "expires_at",
            "settled_at",
            "application__candidate__first_name",
            "application__candidate__last_name",
        )
        .order_by("-pk")[:20]
    )
    return Panel("candidates/offers/panel.html", {"offers": found, "now": now}) if found else None
