"""When somebody is reminded, and when what was missed goes up the line: pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar

BEGINS, ENDS = time(8), time(18)
"""Between these hours, where they are, people are written to."""


def is_near(calendar: WorkingCalendar, due_at: datetime, *, hours: int, now: datetime) -> bool:
    """Whether so many working hours are left, or fewer, and its time is not over."""
    return now < due_at and working_time.hours_between(calendar, now, due_at) <= hours


def next_hour(
    calendar: WorkingCalendar, now: datetime, *, zone: ZoneInfo, after: datetime | None
) -> datetime:
    """Now, or the next working morning where they are; never on the day of the digest before (`after`).

    On a half day nobody is written to once the office has shut.
    """
    local = now.astimezone(zone)
    day = local.date()
    written = after.astimezone(zone).date() if after is not None else None
    if local.time() >= ENDS or (written is not None and day <= written):
        day = max(day, written or day) + timedelta(days=1)
    moment = max(now, datetime.combine(day, BEGINS, tzinfo=zone))
    off_from = working_time.off_from(calendar, day)
    is_off = off_from is not None and moment.astimezone(zone).time() >= off_from
    if is_off or not working_time.is_working_day(calendar, day):
        day = working_time.next_working_day(calendar, day)
        moment = datetime.combine(day, BEGINS, tzinfo=zone)
    return moment


def goes_up(calendar: WorkingCalendar, until_at: datetime, *, days: int, now: datetime) -> bool:
    """Whether so many working days have passed since it could still be kept."""
    return working_time.after_days(calendar, until_at, days) <= now
