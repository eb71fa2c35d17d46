"""The list of a year's shut and half days, as it is shown, confirmed, and compared with what was confirmed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256

from ats.organisation.domain.days_off import DayOff, days_off, own_in
from ats.organisation.domain.kinds import OWN, why
from ats.organisation.domain.working_time import closings_of
from ats.organisation.models import WorkingCalendar

Content = list[list[str]]
"""Each day with when the office shuts (empty: all day), its name and why: as it is kept."""


@dataclass(frozen=True)
class Off:
    """A day on which an office is shut, or shuts early (`shuts_at`), with its name and why."""

    day: date
    shuts_at: time | None
    name: str
    why: str
    free_anyway: bool = False
    """It is no working day of the week."""

    @property
    def because(self) -> str:
        return why(self.why)

    @property
    def kept(self) -> list[str]:
        return [self.day.isoformat(), f"{self.shuts_at:%H:%M}" if self.shuts_at else "", self.name, self.why]


def listed(calendar: WorkingCalendar, year: int, names: dict[str, str]) -> list[Off]:
    """The year's days in their order; `names` are those of its own days, as packed."""
    own, country = own_in(calendar.own_days, year), _of_country(calendar, year)
    found = []
    for day, shuts_at in sorted(closings_of(calendar, year).items()):
        if shuts_at == calendar.day_ends:
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
        return f"{old[2] if old else ''}: an ordinary day now"
    what = f"shut from {new[1]}" if new[1] else "shut"
    return f"{new[2]}: {what}, was {'shut' if old and not old[1] else old[1] if old else 'an ordinary day'}"
