"""Counting in working time: promises in working days, commitments in working hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ats.organisation.domain.days_off import days_off
from ats.organisation.models import WorkingCalendar


def _public(calendar: WorkingCalendar, year: int) -> dict[date, str]:
    return days_off(
        calendar.holiday_country, calendar.holiday_region, year, custom=calendar.customary_days_off
    )


def public_holidays_of(calendar: WorkingCalendar, *, since: date) -> list[tuple[date, str]]:
    """The public and customary holidays of this year and the next, as offices of the calendar's place keep them."""
    if not calendar.holiday_country:
        return []
    years = (since.year, since.year + 1)
    return [day for year in years for day in _public(calendar, year).items()]


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    return day.weekday() in calendar.working_days and not is_holiday(calendar, day)


def is_holiday(calendar: WorkingCalendar, day: date) -> bool:
    """A public holiday of the calendar's country, or a day off of its own."""
    if calendar.holiday_country and day in _public(calendar, day.year):
        return True
    return day in calendar.own_holidays


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after `day`."""
    for ahead in range(1, 366):
        candidate = day + timedelta(days=ahead)
        if is_working_day(calendar, candidate):
            return candidate
    raise ValueError(f"The calendar {calendar} has no working day within a year after {day}.")


def previous_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The last working day before `day`."""
    for back in range(1, 366):
        candidate = day - timedelta(days=back)
        if is_working_day(calendar, candidate):
            return candidate
    raise ValueError(f"The calendar {calendar} has no working day within a year before {day}.")


def end_of(calendar: WorkingCalendar, day: date) -> datetime:
    """The moment at which `day` ends in the calendar's office."""
    return datetime.combine(day, calendar.day_ends, tzinfo=calendar.zone)


def hours_of_a_day(calendar: WorkingCalendar) -> float:
    """How many working hours a working day has."""
    opens = timedelta(hours=calendar.day_starts.hour, minutes=calendar.day_starts.minute)
    closes = timedelta(hours=calendar.day_ends.hour, minutes=calendar.day_ends.minute)
    return (closes - opens).total_seconds() / 3600


def resumes(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """`moment` itself where work goes on from there, else the next start of work: nights and days off pass over."""
    local = moment.astimezone(calendar.zone)
    day = local.date()
    if not is_working_day(calendar, day) or local.time() >= calendar.day_ends:
        day = next_working_day(calendar, day)
    return max(moment, datetime.combine(day, calendar.day_starts, tzinfo=calendar.zone))


def after_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The end of the working day that is `days` working days after `start`.

    Day 0 is the day of `start`, or the next working day if `start` lies outside working time:
    what arrives on a Friday evening arrives on Monday.
    """
    local = start.astimezone(calendar.zone)
    day = local.date()
    if not is_working_day(calendar, day) or local.time() >= calendar.day_ends:
        day = next_working_day(calendar, day)
    for _ in range(days):
        day = next_working_day(calendar, day)
    return end_of(calendar, day)


def after_hours(calendar: WorkingCalendar, start: datetime, hours: float) -> datetime:
    """The moment at which `hours` working hours have passed since `start`."""
    zone, left = calendar.zone, timedelta(hours=hours)
    day = start.astimezone(zone).date()
    if not is_working_day(calendar, day):
        day = next_working_day(calendar, day)
    while True:
        opens = max(start, datetime.combine(day, calendar.day_starts, tzinfo=zone))
        closes = end_of(calendar, day)
        # Instants, not clock faces: on the night of a changed clock an hour is still an hour.
        here = max(timedelta(), closes.astimezone(UTC) - opens.astimezone(UTC))
        if here >= left and here > timedelta():
            return (opens.astimezone(UTC) + left).astimezone(zone)
        left -= here
        day = next_working_day(calendar, day)


def hours_before(calendar: WorkingCalendar, moment: datetime, hours: float) -> datetime:
    """The moment from which on only `hours` working hours are left until `moment`."""
    zone, left = calendar.zone, timedelta(hours=hours)
    day = moment.astimezone(zone).date()
    if not is_working_day(calendar, day):
        day = previous_working_day(calendar, day)
    while True:
        opens = datetime.combine(day, calendar.day_starts, tzinfo=zone)
        closes = min(moment, end_of(calendar, day))
        here = max(timedelta(), closes.astimezone(UTC) - opens.astimezone(UTC))
        if here >= left and here > timedelta():
            return (closes.astimezone(UTC) - left).astimezone(zone)
        left -= here
        day = previous_working_day(calendar, day)


def one_day_before(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """The start of work on the working day before `moment`: when to remind of it."""
    day = previous_working_day(calendar, moment.astimezone(calendar.zone).date())
    return datetime.combine(day, calendar.day_starts, tzinfo=calendar.zone)


def hours_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> float:
    """Working hours between two moments; 0.0 if `end` is not after `start`."""
    zone = calendar.zone
    # In UTC: within one zone Python would subtract what the clocks show, not the time that passes.
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end <= start:
        return 0.0
    total = timedelta()
    day = start.astimezone(zone).date()
    last = end.astimezone(zone).date()
    while day <= last:
        if is_working_day(calendar, day):
            opens = datetime.combine(day, calendar.day_starts, tzinfo=zone).astimezone(UTC)
            closes = datetime.combine(day, calendar.day_ends, tzinfo=zone).astimezone(UTC)
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total.total_seconds() / 3600


def days_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Working days that begin after the day of `start` and not after the day of `end`."""
    zone = calendar.zone
    day, last, count = start.astimezone(zone).date(), end.astimezone(zone).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(calendar, day)
    return count


def sendable(moment: datetime, *, zone: str, calendar: WorkingCalendar) -> datetime:
    """`moment`, or the next time outside quiet hours (20:00 to 8:00, and days off) where the reader is."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date()
    if local.time() >= time(20):
        day += timedelta(days=1)
        local = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
    elif local.time() < time(8):
        local = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
    if not is_working_day(calendar, local.date()):
        day = next_working_day(calendar, local.date())
        local = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
    return local
