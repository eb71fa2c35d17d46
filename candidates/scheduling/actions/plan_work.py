"""What the clock does to questions for a time and to what is booked, planned in the transaction that makes it due."""

from datetime import datetime

from ats.duework.tasks import hurry, plan
from candidates.scheduling.models import BookingRequest

EXPIRE, CALL_OFF = "booking.expire", "interview.call_off"


def plan_expiry(request: BookingRequest) -> None:
    key = f"{EXPIRE}:{request.pk}:{request.expires_at.isoformat()}"
    plan(EXPIRE, subject_id=request.pk, due_at=request.expires_at, key=key)


def plan_calling_off(application_id: int, *, due_at: datetime, decided_at: datetime, again: str = "") -> None:
    """What was booked with somebody is called off when they have been told the outcome, not before."""
    key = f"{CALL_OFF}:{application_id}:{decided_at.isoformat()}{again}"
    plan(CALL_OFF, subject_id=application_id, due_at=due_at, key=key)
    hurry("tasks")
