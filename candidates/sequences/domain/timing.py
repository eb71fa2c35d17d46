"""When the next mail goes: some working days on, in the morning of who reads it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from ats.organisation.domain.working_time import next_working_day, sendable
from ats.organisation.models import WorkingCalendar

MORNING = time(9)


def after(moment: datetime, days: int, *, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """`days` working days after `moment`; at once, where that is no night and no day off, for none."""
    if not days:
        return sendable(moment, zone=zone.key, calendar=calendar)
    day = moment.astimezone(zone).date()
    for _ in range(days):
        day = next_working_day(calendar, day)
    return sendable(datetime.combine(day, MORNING, tzinfo=zone), zone=zone.key, calendar=calendar)
