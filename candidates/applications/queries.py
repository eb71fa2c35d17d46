"""Reads of applications. The timeline lies in `timelines.py` and is handed on from here."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from candidates.applications import deciding, fetching, no_letters
from candidates.applications.models import Application, DispositionReason
from candidates.applications.timelines import Entry, delivery_status, timeline

__all__ = ["Entry", "Preview", "decision_preview", "delivery_status", "timeline"]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The words a person may still change, and when and where the message would leave."""

    subject: str
    body: str
    leaves_at: datetime
    to: str
    problem: str = ""
    template_problem: str = ""


def decision_preview(*, application_id: int, by: User, now: datetime, reason: str = "") -> Preview:
    """The message of a rejection for this reason (by its code), before anything is decided."""
    application = get_for(Application.objects.whole(), application_id, user=by, permission=fetching.DECIDE)
    why = DispositionReason.objects.filter(code=reason, is_active=True).first()
    subject, body, problem = no_letters.letter_to(
        application, now=now, reason=why.candidate_text if why else ""
    )
    address = application.candidate.email
    return Preview(
        subject=subject,
        body=body,
        leaves_at=deciding.leaves_at(application, now),
        to=address,
        problem="" if address else "There is no address to write to.",
        template_problem=problem,
    )
