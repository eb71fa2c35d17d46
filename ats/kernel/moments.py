"""Moments: those that strangers write, within what calendars and the database reckon with; the next of a day."""

from calendar import monthrange
from datetime import UTC, datetime, time, timedelta

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
FARTHEST_ZONE = timedelta(hours=14)
SAID = "Give a moment between 1900 and 2200, at most 14 hours from UTC."


def in_reach(moment: datetime) -> datetime | None:
    """The moment in UTC; None where it lies beyond all clocks, or its zone does."""
    offset = moment.utcoffset()
    if offset is None or abs(offset) > FARTHEST_ZONE:
        return None
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        return None
    return found if FIRST <= found < LAST else None


def next_at(now: datetime, hour: time) -> datetime:
    """The next time that it is so late, in the zone of `now`."""
    found = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return found if found > now else found + timedelta(days=1)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last of its month; as PostgreSQL adds them."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
