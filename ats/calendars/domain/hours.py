"""The hours of a day that somebody works, in minutes of it. Pure."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ats.organisation.models import WorkingCalendar

Hours = dict[int, list[tuple[int, int]]]
"""By weekday (0 is Monday): from which minute of the day to which."""


def parsed(days: dict[str, list[list[str]]]) -> Hours:
    """Working hours as they are kept ("0": [["09:00", "12:00"]]) in minutes of the day."""
    return {
        int(day): [(minutes_of(opens), minutes_of(closes)) for opens, closes in pairs]
        for day, pairs in days.items()
    }


def of_calendar(calendar: "WorkingCalendar") -> Hours:
    return {day: [of_a_day(calendar)] for day in calendar.working_days}


def of_a_day(calendar: "WorkingCalendar") -> tuple[int, int]:
    return _minutes(calendar.day_starts), _minutes(calendar.day_ends)


def cut(pairs: list[tuple[int, int]], off: time) -> list[tuple[int, int]]:
    """The hours of a day before this time of it."""
    end = _minutes(off)
    return [(opens, min(closes, end)) for opens, closes in pairs if opens < end]


def minutes_of(text: str) -> int:
    """`09:30` as minutes of the day; `24:00` is its end."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def week_of(moment: datetime, zone: tzinfo) -> date:
    """The Monday of the week in which this moment lies there."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def day_named(text: str, *, near: date, within: timedelta) -> date | None:
    """The day that an address names; None for no day, and for far ones, which would leave the calendar."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - near) <= within else None
