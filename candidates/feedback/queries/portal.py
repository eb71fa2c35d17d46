"""What a candidate's own page shows of feedback."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from candidates.feedback.models import Feedback, FeedbackRequest, FeedbackState, RequestState


@dataclass(frozen=True)
class OfMine:
    """Feedback on one application as its candidate sees it: given, asked for, declined, or to be asked for."""

    body: str = ""
    at: datetime | None = None
    due_at: datetime | None = None
    """By when they are answered, where they asked."""
    is_declined: bool = False
    reason: str = ""
    declined_at: datetime | None = None
    is_late: bool = False

    @property
    def may_ask(self) -> bool:
        return not (self.body or self.due_at or self.is_declined)


def of_mine(applications: Collection[int], *, now: datetime) -> dict[int, OfMine]:
    """By application; two queries."""
    found = {
        row.application_id: OfMine(body=row.body, at=row.sent_at)
        for row in Feedback.objects.filter(application__in=applications, state=FeedbackState.SENT)
    }
    asked = FeedbackRequest.objects.filter(application__in=applications).select_related("answer")
    for row in asked.exclude(application__in=found):
        if row.state == RequestState.OPEN:
            found[row.application_id] = OfMine(due_at=row.due_at, is_late=row.due_at <= now)
        elif row.state == RequestState.DECLINED:
            reason = row.answer.body if row.answer else ""
            found[row.application_id] = OfMine(is_declined=True, reason=reason, declined_at=row.settled_at)
    return {pk: found.get(pk, OfMine()) for pk in applications}
