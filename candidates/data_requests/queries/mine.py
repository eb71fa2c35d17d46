"""What somebody has asked of us about their data, for their own page."""

from dataclasses import dataclass
from datetime import datetime

from candidates.data_requests.models import CopyState, DataComplaint, DataCopy, DataCorrection
from candidates.people.models import Candidate

SHOWN = 20


@dataclass(frozen=True)
class Mine:
    """Newest first."""

    copy: DataCopy | None
    is_there: bool
    """Whether the link to the newest copy opens it."""
    corrections: list[DataCorrection]
    complaints: list[DataComplaint]

    @property
    def is_making(self) -> bool:
        return self.copy is not None and self.copy.state == CopyState.MAKING


def mine(candidate: Candidate, *, now: datetime) -> Mine:
    """Three queries."""
    copy = DataCopy.objects.filter(candidate=candidate).order_by("-asked_at", "-pk").first()
    return Mine(
        copy=copy,
        is_there=copy is not None and copy.is_there(now),
        corrections=list(
            DataCorrection.objects.filter(candidate=candidate).order_by("-asked_at", "-pk")[:SHOWN]
        ),
        complaints=list(
            DataComplaint.objects.filter(candidate=candidate).order_by("-asked_at", "-pk")[:SHOWN]
        ),
    )
