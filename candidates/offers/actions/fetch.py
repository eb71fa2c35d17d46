"""Fetching an offer for an action: its application is locked first, then the offer, then the seat."""

from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for, lock, lock_all
from ats.kernel.errors import Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.offers.models import Offer, OfferState, OfferTerms
from requisitions.models import Opening
from requisitions.roles.models import OpeningState

VIEW = "candidates.view_offer"
MAKE = "candidates.make_offer"
SEND = "candidates.send_offer"

WHOLE = (
    "opening",
    "made_by",
    "application__candidate",
    "application__stage",
    "application__requisition__organisation__calendar",
    "application__requisition__recruiter",
    "application__requisition__hiring_manager",
    "application__requisition__location",
    "application__requisition__department",
)


def rows() -> QuerySet[Offer]:
    """Offers with all that an action or a page needs of their application."""
    return Offer.objects.select_related(*WHOLE).defer("application__candidate__search")


def locked(offer_id: int, *, user: User, permission: str) -> Offer:
    """The offer, whole and locked, if `user` may; who only sees it of the recruiting team reads whom to ask."""
    hold(offer_id)
    offer = get_for(rows(), offer_id, user=user, permission=VIEW, for_update=True)
    if user.has_perm(permission, offer):
        return offer
    if user.recruits:
        raise NotAllowed(
            gettext("Ask %(recruiter)s: who leads a role makes its offers.")
            % {"recruiter": offer.application.requisition.recruiter}
        )
    raise Missing(
        gettext("No offer with the number %(offer_id)s is theirs to make.") % {"offer_id": offer_id}
    )


def relocked(offer: Offer) -> Offer:
    """The same offer as it is now, locked: for who has fetched and permitted it already."""
    hold(offer.pk)
    return rows().get(pk=offer.pk)


def hold(offer_id: int) -> None:
    """Lock the application of this offer, and the offer."""
    place = Offer.objects.filter(pk=offer_id).values_list("application", flat=True).first()
    lock(Application, place or 0)  # also of none: who may not know of it is not told by how much is asked
    lock(Offer, offer_id)


def current(offer: Offer) -> OfferTerms:
    """The version of the terms that holds."""
    return offer.terms.get(number=offer.number)


def seat(offer: Offer) -> Opening:
    """A seat of the role for this offer, locked: its own, or another one that is free by now."""
    taken = Offer.objects.filter(state__in=[OfferState.SENT, OfferState.ACCEPTED]).exclude(pk=offer.pk)
    seats = Opening.objects.filter(requisition=offer.application.requisition_id)
    lock_all(Opening, seats.values_list("pk", flat=True))  # all at once: two who send never cross
    for found in sorted(seats.order_by("number"), key=lambda seat: seat.pk != offer.opening_id):
        if found.state == OpeningState.OPEN and not taken.filter(opening=found).exists():
            return found
    raise WrongState(gettext("Every opening of this role is filled or offered to somebody else."))


def free_seat(application: Application) -> Opening:
    """An open seat to begin an offer for, one that nobody has been offered where there is one."""
    seats = application.requisition.openings.filter(state=OpeningState.OPEN).order_by("number")
    found = seats.exclude(offers__state=OfferState.SENT).first() or seats.first()
    if found is None:
        raise WrongState(gettext("Every opening of this role is filled: there is no seat to offer."))
    return found


def has_reached(offer: Offer, now: datetime) -> bool:
    """Whether the candidate has it: sent, and the time in which it could be taken back is over."""
    return offer.sent_at is not None and offer.sent_at <= now
