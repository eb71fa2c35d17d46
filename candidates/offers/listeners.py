"""What approvers say of an offer, and what becomes of it when its candidate leaves play."""

from typing import Any

from ats.activity.actors import AsRecorded, user_of
from ats.activity.models import Activity
from ats.activity.record import CanAct, subscribe
from ats.approvals.actions import hand_on
from ats.approvals.models import Approval
from candidates.offers import actions
from candidates.offers.actions import ask_approval, fetch, renew
from candidates.offers.models import Offer, OfferState
from candidates.offers.pages import cards

__all__ = ["cards"]  # shown once everything is loaded

WHY = {
    "application.rejected": "We decided not to go on with this application.",
    "application.withdrawn": "The candidate withdrew.",
    "application.hired": "Hired without it.",
}


@subscribe("approval.granted")
def granted(activity: Activity) -> None:
    """All who had to agree have: the letter is kept, and may be sent."""
    offer = _asked_about(activity)
    if offer is not None:
        how = "everybody who was asked agrees"
        _way(offer).approved(offer, by=AsRecorded(activity), now=activity.occurred_at, how=how)


@subscribe("approval.refused")
def refused(activity: Activity) -> None:
    """Somebody sent it back: it is a draft again."""
    offer = _asked_about(activity)
    if offer is not None:
        reason = str(activity.data.get("reason", ""))
        _way(offer).refused(offer, by=AsRecorded(activity), now=activity.occurred_at, reason=reason)


def _asked_about(activity: Activity) -> Offer | None:
    """The offer that this answer is about, locked; None where it has changed or ended since."""
    if activity.data.get("kind") != ask_approval.KIND:
        return None
    place = Offer.objects.filter(pk=activity.data["subject_id"]).first()
    if place is None:
        return None
    offer = fetch.relocked(place)
    asked = (offer.state, offer.number), (offer.next_state, offer.next_number)
    return offer if (OfferState.APPROVAL, activity.data["subject_version"]) in asked else None


def _way(offer: Offer) -> Any:
    """Who takes the answer: what is with the candidate was approved before, so it is about the next version."""
    return renew if offer.state == OfferState.SENT else actions


@subscribe("application.kept_from_manager")
def asked_who_must_not_know(activity: Activity) -> None:
    """What they were to approve goes to somebody else."""
    offers = Offer.objects.filter(application_id=activity.application_id or 0)
    rows = Approval.objects.unsettled().filter(
        approver=activity.data["manager_id"],
        request__kind=ask_approval.KIND,
        request__subject_id__in=offers.values("pk"),
    )
    for request_id, approval in list(rows.values_list("request", "pk")):
        hand_on(request_id=request_id, approvals=[approval], by=user_of(activity), now=activity.occurred_at)


@subscribe(*WHY)
def left_play(activity: Activity) -> None:
    """Nobody who is out of play keeps an offer; the message about the outcome says the rest."""
    live = Offer.objects.live().filter(application_id=activity.application_id or 0).first()
    if live is not None:
        offer = fetch.relocked(live)
        actions.end_by_us(
            offer, reason=WHY[activity.verb], by=_actor(activity), now=activity.occurred_at, tell=False
        )


def _actor(activity: Activity) -> CanAct:
    return user_of(activity) or AsRecorded(activity)
