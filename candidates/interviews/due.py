"""What the clock does to interviews and to questions for a time, planned in the transaction that makes it due."""

from datetime import datetime

from ats.duework.tasks import hurry, plan
from candidates.interviews.models import BookingRequest, Interview

END, EXPIRE, CALL_OFF = "interview.end", "booking.expire", "interview.call_off"


def plan_end(interview: Interview) -> None:
    """When it is over it counts as held, unless somebody says otherwise; looked at again when it is due."""
    key = f"{END}:{interview.pk}:{interview.sequence}"
    plan(END, subject_id=interview.pk, due_at=interview.ends_at, key=key)


def plan_expiry(request: BookingRequest) -> None:
    key = f"{EXPIRE}:{request.pk}:{request.expires_at.isoformat()}"
    plan(EXPIRE, subject_id=request.pk, due_at=request.expires_at, key=key)


def plan_calling_off(application_id: int, *, due_at: datetime, decided_at: datetime, again: str = "") -> None:
    """What was booked with somebody is called off when they have been told the outcome, not before."""
    key = f"{CALL_OFF}:{application_id}:{decided_at.isoformat()}{again}"
    plan(CALL_OFF, subject_id=application_id, due_at=due_at, key=key)
    hurry("tasks")
