"""The list of a year's shut, half and moved days, as it is shown, confirmed, and compared with what was confirmed."""

import json
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from operator import attrgetter

from ats.kernel.kept import kept
from ats.organisation.domain.days_off import DayOff, days_off, own_in
from ats.organisation.domain.kinds import MOVED, OWN, why
from ats.organisation.domain.worked_days import moved_days
from ats.organisation.domain.working_time import closing, closings_of, worked_in
from ats.organisation.models import WorkingCalendar

Content = list[list[str]]
"""Each day with when the office shuts (empty: all day; a worked one after WORKS), its name and why: as it is kept."""
WORKS = "works"


@dataclass(frozen=True)
class Off:
    """A day on which an office is shut, shuts early (`shuts_at`), or works on a weekend, with its name and why."""

    day: date
    shuts_at: time | None
    name: str
    why: str
    free_anyway: bool = False
    """It is no working day of the week."""
    is_worked: bool = False
    """And yet it is worked."""

    @property
    def because(self) -> str:
        return why(self.why)

    @property
    def kept(self) -> list[str]:
        how = (WORKS if self.is_worked else "", f"{self.shuts_at:%H:%M}" if self.shuts_at else "")
        return [self.day.isoformat(), " ".join(filter(None, how)), self.name, self.why]


def listed(calendar: WorkingCalendar, year: int, names: dict[str, str]) -> list[Off]:
    """The year's days in their order; `names` are those of its own days, as packed."""
    worked = _worked(calendar, year, names)
    return sorted(worked + _off(calendar, year, names, {each.day for each in worked}), key=attrgetter("day"))


def _worked(calendar: WorkingCalendar, year: int, names: dict[str, str]) -> list[Off]:
    own, found = own_in(calendar.own_days, year), []
    for day, off in worked_in(calendar, year).items():
        if (shuts_at := closing(calendar, day)) is None:
            continue
        name = names.get(own.get(day, ""), "") or (
            f"For {off:%A} {off.day} {off:%B}" if off else "For a day off"
        )
        until = shuts_at if shuts_at < calendar.day_ends else None
        found.append(Off(day, until, name, OWN if day in own else MOVED, is_worked=True))
    return found


def _off(calendar: WorkingCalendar, year: int, names: dict[str, str], worked: Container[date]) -> list[Off]:
    own, country, found = own_in(calendar.own_days, year), _of_country(calendar, year), []
    for day, shuts_at in closings_of(calendar, year).items():
        if shuts_at == calendar.day_ends or day in worked:
            continue
        theirs = country.get(day)
        mine = day in own and (theirs is None or theirs.closing(calendar.day_ends) is not None)
        off = DayOff(names.get(own[day], ""), OWN) if mine or theirs is None else theirs
        free = day.weekday() not in calendar.working_days
        found.append(Off(day, shuts_at, off.name, off.why, free_anyway=free))
    return found


def _of_country(calendar: WorkingCalendar, year: int) -> dict[date, DayOff]:
    if not calendar.holiday_country:
        return {}
    return days_off(
        calendar.holiday_country,
        calendar.holiday_region,
        year,
        kinds=tuple(calendar.holiday_categories),
        custom=calendar.customary_days_off,
    )


def awaits_moved_days(calendar: WorkingCalendar, year: int) -> bool:
    """Whether its country has moved working days to a weekend lately, and none are known for this year (yet)."""
    place = calendar.holiday_country, calendar.holiday_region
    lately = any(moved_days(*place, before) for before in (year - 1, year - 2))
    return lately and not worked_in(calendar, year)


def content(days: Iterable[Off]) -> Content:
    return [off.kept for off in days]


def digest(kept: Content) -> str:
    """What makes two lists the same: the days, and when the office shuts; a new spelling of a name is no news."""
    return sha256(json.dumps(sorted(row[:2] for row in kept)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Change:
    """What is different on a day from what was confirmed, in words."""

    day: date
    said: str


def changes(then: Content, now: Content) -> list[Change]:
    """Day by day, what has changed since `then`."""
    before, after = ({row[0]: row for row in rows} for rows in (then, now))
    found = []
    for day in sorted({*before, *after}):
        old, new = before.get(day), after.get(day)
        if old is None or new is None or old[1] != new[1]:
            found.append(Change(date.fromisoformat(day), _said(old, new)))
    return found


def _said(old: list[str] | None, new: list[str] | None) -> str:
    if new is None:
        return kept(f"{old[2] if old else ''}: an ordinary day now")
    now, before = _how(new[1]), _how(old[1]) if old else kept("an ordinary day")
    return kept(f"{new[2]}: {now}, was {before.removeprefix('shut from ')}")


def _how(hours: str) -> str:
    """“shut”, “shut from 12:00”, “worked” or “worked until 13:00”."""
    if hours.startswith(WORKS):
        return "worked" + hours.removeprefix(WORKS).replace(" ", " until ")
    return kept(f"shut from {hours}") if hours else kept("shut")
