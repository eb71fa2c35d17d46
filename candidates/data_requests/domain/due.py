"""By when law wants an answer, and when whoever owes it is reminded. Pure."""

from calendar import monthrange
from datetime import datetime, timedelta

COMPLAINT_DAYS = 30
"""Calendar days: Data (Use and Access) Act 2025, section 103."""
BEFORE = timedelta(days=7)
AGAIN = timedelta(days=7)


def a_month_after(moment: datetime) -> datetime:
    """The same day of the next month, or its last one where it is shorter: no later than Art. 12(3) GDPR allows.

    Counted in UTC: the law's day ends where they are, which is at most half a day before or after.
    """
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    day = min(moment.day, monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


def thirty_days_after(moment: datetime) -> datetime:
    return moment + timedelta(days=COMPLAINT_DAYS)


def first_nudge(due_at: datetime) -> datetime:
    return due_at - BEFORE


def next_nudge(due_at: datetime, now: datetime) -> datetime:
    """After a reminder: the moment from which it is late, and then every week until somebody answers."""
    return due_at if now < due_at else now + AGAIN
