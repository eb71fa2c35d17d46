"""Counting in working time: promises in working days, commitments in working hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ats.organisation.domain.days_off import Place, closings
from ats.organisation.domain.office_years import (
    Office,
    OfficeYear,
    microseconds,
    moment_of,
    office_year,
)
from ats.organisation.domain.worked_days import Moved, worked_days
from ats.organisation.models import WorkingCalendar

DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
FARTHEST = timedelta(days=365)


def closing(calendar: WorkingCalendar, day: date) -> time | None:
    """When the office shuts on this day: earlier on a half day; None where it does not work at all."""
    if day.weekday() not in calendar.working_days and day not in worked_in(calendar, day.year):
        return None
    return closings_of(calendar, day.year).get(day, calendar.day_ends)


def closings_of(calendar: WorkingCalendar, year: int) -> dict[date, time | None]:
    """The days of a year on which the office does not work as ever (see `closings`)."""
    return closings(_place(calendar), calendar.own_days, (calendar.day_starts, calendar.day_ends), year)


def worked_in(calendar: WorkingCalendar, year: int) -> Moved:
    """The days of a year outside of its week on which the office works all the same (see `worked_days`)."""
    return worked_days(_place(calendar), calendar.own_days, tuple(calendar.working_days), year)


def _place(calendar: WorkingCalendar) -> Place:
    kinds = tuple(calendar.holiday_categories)
    return calendar.holiday_country, calendar.holiday_region, kinds, calendar.customary_days_off


def _year(calendar: WorkingCalendar, year: int) -> OfficeYear:
    office = Office(
        calendar.time_zone,
        tuple(calendar.working_days),
        (calendar.day_starts, calendar.day_ends),
        _place(calendar),
        calendar.own_days,
    )
    return office_year(office, year)


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Whether somebody is there; a half day is a working day, whose work ends earlier."""
    return closing(calendar, day) is not None


def off_from(calendar: WorkingCalendar, day: date) -> time | None:
    """From when on everybody has off, whatever their own hours: from midnight on a holiday; None on ordinary days."""
    shuts_at = closings_of(calendar, day.year).get(day, calendar.day_ends)
    if shuts_at is None:
        return time()
    return shuts_at if shuts_at < calendar.day_ends else None


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after `day`."""
    found = day + DAY
    while closing(calendar, found) is None:
        found += DAY
        if found - day > FARTHEST:
            raise ValueError(f"The calendar {calendar} has no working day within a year after {day}.")
    return found


def previous_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The last working day before `day`."""
    found = day - DAY
    while closing(calendar, found) is None:
        found -= DAY
        if day - found > FARTHEST:
            raise ValueError(f"The calendar {calendar} has no working day within a year before {day}.")
    return found


def end_of(calendar: WorkingCalendar, day: date) -> datetime:
    """The moment at which work ends on `day` in the calendar's office; as ever on a day on which nobody works."""
    return datetime.combine(day, closing(calendar, day) or calendar.day_ends, tzinfo=calendar.zone)


def hours_of_a_day(calendar: WorkingCalendar) -> float:
    """How many working hours a working day has that is no half day."""
    opens, closes = calendar.day_starts, calendar.day_ends
    return ((closes.hour - opens.hour) * 60 + closes.minute - opens.minute) / 60


def resumes(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """`moment` itself where work goes on from there, else the next start of work: nights and days off pass over."""
    year, place = _taken_up(calendar, moment)
    return max(moment, year.begins[place])


def _taken_up(calendar: WorkingCalendar, moment: datetime, days: int = 0) -> tuple[OfficeYear, int]:
    """The year, and the place in it, of the working day on which something is taken up that comes at `moment`.

    Or of the one that is so many working days later.
    """
    number = moment.astimezone(calendar.zone).year
    year = _year(calendar, number)
    place, empty = year.first_after(microseconds(moment)) + days, 0
    while place >= (many := len(year.opens)):
        empty = 0 if many else empty + 1
        if empty > 1:
            raise _never_open(calendar, moment)
        place, number = place - many, number + 1
        year = _year(calendar, number)
    return year, place


def _never_open(calendar: WorkingCalendar, moment: datetime) -> ValueError:
    return ValueError(f"The calendar {calendar} has no working day within a year after {moment:%Y-%m-%d}.")


def after_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The end of the working day that is `days` working days after `start`.

    Day 0 is the day of `start`, or the next working day if `start` lies outside working time:
    what arrives on a Friday evening arrives on Monday. A half day is one of the days, and ends when it shuts.
    """
    year, place = _taken_up(calendar, start, days)
    return year.ends[place]


def after_hours(calendar: WorkingCalendar, start: datetime, hours: float) -> datetime:
    """The moment at which `hours` working hours have passed since `start`."""
    number, begin = start.astimezone(calendar.zone).year, microseconds(start)
    year, empty = _year(calendar, number), 0
    worked = year.worked_until(begin) + timedelta(hours=hours) // MICROSECOND
    while (found := year.reached(begin, worked)) is None:
        empty = 0 if year.opens else empty + 1
        if empty > 1:
            raise _never_open(calendar, start)
        worked, number = worked - year.total, number + 1
        year = _year(calendar, number)
    return moment_of(found).astimezone(calendar.zone)


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
    zone, begin, until = calendar.zone, microseconds(start), microseconds(end)
    if until <= begin:
        return 0.0
    number, last = start.astimezone(zone).year, end.astimezone(zone).year
    total = -_year(calendar, number).worked_until(begin)
    while number < last:
        total += _year(calendar, number).total
        number += 1
    total += _year(calendar, last).worked_until(until)
    return total / 10**6 / 3600


def days_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Working days that begin after the day of `start` and not after the day of `end`."""
    zone = calendar.zone
    day, last, count = start.astimezone(zone).date(), end.astimezone(zone).date(), 0
    while day < last:
        day += DAY
        count += closing(calendar, day) is not None
    return count


def sendable(moment: datetime, *, zone: str, calendar: WorkingCalendar) -> datetime:
    """`moment`, or the next time outside quiet hours (20:00 to 8:00, days off and the rest of half days) where the
    reader is."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date()
    if local.time() >= time(20):
        day += DAY
        local = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
    elif local.time() < time(8):
        local = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
    while _is_quiet(calendar, local):
        local = datetime.combine(next_working_day(calendar, local.date()), time(8), tzinfo=ZoneInfo(zone))
    return local


def _is_quiet(calendar: WorkingCalendar, local: datetime) -> bool:
    """A day off, or the rest of a half day; the end of work on an ordinary day silences nobody."""
    shuts_at = closing(calendar, local.date())
    return shuts_at is None or (shuts_at < calendar.day_ends and local.time() >= shuts_at)
