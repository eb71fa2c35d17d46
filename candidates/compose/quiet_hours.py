"""When a candidate may be written to: never at night where they are."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ats.kernel.errors import Invalid
from ats.organisation.domain.working_time import sendable
from ats.organisation.models import WorkingCalendar

if TYPE_CHECKING:
    from candidates.people.models import Candidate

WAKES, SLEEPS = time(8), time(20)
LATEST = timedelta(days=366)
"""So long a letter may wait: nobody knows what is true in ten years, and calendars end."""


def check_later(send_at: datetime | None, *, now: datetime) -> None:
    """`Invalid` for a letter that is to leave later than anybody plans."""
    if send_at is not None and send_at - now > LATEST:
        raise Invalid("Give a time within a year.", field="send_at")


def zone_of(candidate: "Candidate", calendar: WorkingCalendar) -> ZoneInfo:
    """Where the candidate said they are; otherwise, where the office is."""
    try:
        return ZoneInfo(candidate.time_zone or calendar.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that a form let through
        return calendar.zone


def awake(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment`, or eight in the morning after it, on any day: for what somebody waits for."""
    local = moment.astimezone(zone)
    if WAKES <= local.time() < SLEEPS:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= SLEEPS else local.date()
    return datetime.combine(day, WAKES, tzinfo=zone)


def at_work(moment: datetime, candidate: "Candidate", calendar: WorkingCalendar) -> datetime:
    """`moment`, or the next working morning after it: for what need not disturb a weekend."""
    return sendable(moment, zone=zone_of(candidate, calendar).key, calendar=calendar)
