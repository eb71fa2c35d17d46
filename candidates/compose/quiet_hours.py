"""When a candidate may be written to: never at night where they are."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.domain.working_time import sendable
from ats.organisation.models import WorkingCalendar

if TYPE_CHECKING:
    from candidates.applications.models import Application
    from candidates.people.models import Candidate

WAKES, SLEEPS = time(8), time(20)
LATEST = timedelta(days=366)
"""So long a letter may wait: nobody knows what is true in ten years, and calendars end."""


def check_later(send_at: datetime | None, *, now: datetime) -> None:
    """`Invalid` for a letter that is to leave later than anybody plans."""
    if send_at is not None and send_at - now > LATEST:
        raise Invalid(gettext("Give a time within a year."), field="send_at")


def zone_of(candidate: "Candidate", calendar: WorkingCalendar, place: str) -> ZoneInfo:
    """Where the candidate said they are; otherwise, where the post is (`place`), or the office.

    For who has read these for many at once; all others ask `zone_for`.
    """
    return zone_named(candidate.time_zone, place, calendar.time_zone)


def place_of(application: "Application") -> str:
    """The time zone of the post's place, where it is asked for: of whom said theirs it is not."""
    if application.candidate.time_zone:
        return ""
    location = application.requisition.location
    return location.time_zone if location else ""


def zone_for(application: "Application") -> ZoneInfo:
    """Where the candidate of this application said they are; otherwise, where its post is, or the office."""
    return zone_of(application.candidate, application.calendar, place_of(application))


def zone_named(*names: str) -> ZoneInfo:
    """The first of these that is a time zone; forms let other names through."""
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def awake(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment`, or eight in the morning after it, on any day: for what somebody waits for."""
    local = moment.astimezone(zone)
    if WAKES <= local.time() < SLEEPS:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= SLEEPS else local.date()
    return datetime.combine(day, WAKES, tzinfo=zone)


def at_work(moment: datetime, zone: ZoneInfo, calendar: WorkingCalendar) -> datetime:
    """`moment`, or the next working morning after it: for what need not disturb a weekend."""
    return sendable(moment, zone=zone.key, calendar=calendar)
