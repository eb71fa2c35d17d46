"""How an agreed action stands: like a commitment, from when it was due and when it was done, and by no word: pure."""

from datetime import date, datetime
from enum import StrEnum

from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar


class Standing(StrEnum):
    OPEN = "open"
    DONE = "done"
    LATE = "done late"
    MISSED = "missed"


def standing(calendar: WorkingCalendar, due_on: date, done_at: datetime | None, now: datetime) -> Standing:
    """It is in time until its day is over where the office is; grace is for what was promised in the agreement."""
    due_at = working_time.end_of(calendar, due_on)
    if done_at is not None:
        return Standing.DONE if _day(calendar, done_at) <= due_on else Standing.LATE
    return Standing.MISSED if due_at < now and _day(calendar, now) > due_on else Standing.OPEN


def _day(calendar: WorkingCalendar, moment: datetime) -> date:
    return moment.astimezone(calendar.zone).date()
