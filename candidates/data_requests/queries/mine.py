"""What somebody has asked of us about their data, for their own page."""

from dataclasses import dataclass
from datetime import datetime

from ats.mail.models import OutgoingMail
from candidates.data_requests.mails import COMPLAINT_ANSWERED, COMPLAINT_RECEIVED, CORRECTION_ANSWERED
from candidates.data_requests.models import AGAIN_AFTER, CopyState, DataComplaint, DataCopy, DataCorrection
from candidates.people.models import Candidate

SHOWN = 20
ROLES = {"correction": (CORRECTION_ANSWERED,), "complaint": (COMPLAINT_RECEIVED, COMPLAINT_ANSWERED)}


@dataclass(frozen=True)
class Mine:
    """Newest first."""

    copy: DataCopy | None
    is_there: bool
    """Whether the link to the newest copy opens it."""
    corrections: list[DataCorrection]
    complaints: list[DataComplaint]

    may_ask: bool
    """Whether another copy can be asked for today."""

    @property
    def is_making(self) -> bool:
        return self.copy is not None and self.copy.state == CopyState.MAKING


def mails_about(kind: str, number: int) -> list[OutgoingMail]:
    """What went to them about one request, and what became of it."""
    keys = [f"{role}:{number}" for role in ROLES[kind]]
    rows = OutgoingMail.objects.filter(idempotency_key__in=keys).order_by("pk")
    return list(rows.only("subject", "state", "to", "last_error", "created_at"))


def mine(candidate: Candidate, *, now: datetime) -> Mine:
    """Three queries."""
    copy = DataCopy.objects.filter(candidate=candidate).order_by("-asked_at", "-pk").first()
    return Mine(
        copy=copy,
        is_there=copy is not None and copy.is_there(now),
        may_ask=copy is None or copy.settled_at is None or copy.settled_at <= now - AGAIN_AFTER,
        corrections=list(
            DataCorrection.objects.filter(candidate=candidate).order_by("-asked_at", "-pk")[:SHOWN]
        ),
        complaints=list(
            DataComplaint.objects.filter(candidate=candidate).order_by("-asked_at", "-pk")[:SHOWN]
        ),
    )
