"""Reads of applications. The timeline lies in `timelines.py` and is handed on from here."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.common.access import get_for
from candidates.applications import deciding, fetching, offered
from candidates.applications.mails import AFTER_OFFER
from candidates.applications.models import Application, DispositionReason
from candidates.applications.timelines import Entry, delivery_status, timeline
from candidates.experience import letters

__all__ = ["Entry", "Preview", "decision_preview", "delivery_status", "timeline"]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The words a person may still change, and when and where the message would leave."""

    subject: str
    body: str
    leaves_at: datetime
    to: str
    problem: str = ""


def decision_preview(*, application_id: int, by: User, now: datetime, reason: str = "") -> Preview:
    """The message of a rejection for this reason (by its code), before anything is decided."""
    application = get_for(Application.objects.whole(), application_id, user=by, permission=fetching.DECIDE)
    why = DispositionReason.objects.filter(code=reason, is_active=True).first()
    offer = offered.offer_to(application, now=now)
    subject, body = letters.preview(
        AFTER_OFFER if offer is not None and offer.in_hand else "application.rejected",
        application=application,
        extra={"reason": why.candidate_text if why else ""},
    )
    address = application.candidate.email
    return Preview(
        subject=subject,
        body=body,
        leaves_at=deciding.leaves_at(application, now),
        to=address,
        problem="" if address else "There is no address to write to.",
    )
