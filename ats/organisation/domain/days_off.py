"""The days on which offices of a place are shut or shut early: by law, by custom, and by their own word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

import holidays

from ats.kernel.kept import kept
from ats.organisation.domain.kinds import CUSTOM, HALF_DAY, usual_kinds

CHIEF_REGIONS = {"GB": "ENG"}
"""Where a country's own list holds only what is off in all of its parts: the part of most offices, if none is named."""
SHUT_BY_CUSTOM = {
    "BR": ("optional", ("Carnival",)),
    "DK": ("optional", ("Christmas Eve",)),
    "PT": ("optional", ("Carnival",)),
    "SE": ("de_facto", ("Midsummer Eve", "Christmas Eve", "New Year's Eve")),
}
"""Days that the law does not name and on which next to no office works, by the library's kind of them."""
NOON = time(12)
EVES = {(12, 24): "Christmas Eve", (12, 31): "New Year's Eve"}
SHUT_EARLY_BY_CUSTOM = {
    **{country: dict.fromkeys(EVES, NOON) for country in ("AT", "CH", "DE", "LI", "NO")},
    "BR": dict.fromkeys(EVES, time(13)),
    "DK": {(12, 31): NOON},
    "LU": {(12, 24): NOON},
}
"""Days on which most offices go home early without a law, and when."""
LANGUAGE = "en_US"

FROM = re.compile(r"\(from (\d{1,2})(?::(\d\d))? ?([ap])m\)")
SHORTER = re.compile(r"shortened by (\d+) hours")
MOVED_FROM = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")


@dataclass(frozen=True, slots=True)
class DayOff:
    """What a day is called, and why offices are shut then; half days from an hour on, or so many hours earlier."""

    name: str
    why: str
    shuts_at: time | None = None
    hours_less: int = 0

    def closing(self, ends: time) -> time | None:
        """When an office shuts that else works until `ends`; None where it does not open."""
        if self.hours_less:
            minutes = max(0, ends.hour * 60 + ends.minute - self.hours_less * 60)
            return time(minutes // 60, minutes % 60)
        return self.shuts_at and min(self.shuts_at, ends)


@lru_cache(maxsize=256)
def days_off(
    country: str, region: str, year: int, *, kinds: tuple[str, ...] = (), custom: bool
) -> dict[date, DayOff]:
    """Each day with its name and reason; a country or region that the library does not know has none.

    Each kind is asked for by itself: asked for together, a half day is a day like any other.
    """
    region = region or CHIEF_REGIONS.get(country, "")
    found: dict[date, DayOff] = {}
    try:
        for kind in kinds or usual_kinds(country):
            for day, name in _listed(country, region, year, kind).items():
                _add(found, day, _read(name, kind))
    except NotImplementedError:
        return {}
    if custom:
        for day, off in _by_custom(country, region, year):
            _add(found, day, off)
    return found


def _add(found: dict[date, DayOff], day: date, off: DayOff) -> None:
    """A day that is off altogether goes before half of it."""
    known = found.get(day)
    if known is None or (known.closing(time.max) is not None and off.closing(time.max) is None):
        found[day] = off


def _listed(country: str, region: str, year: int, kind: str) -> dict[date, str]:
    found = library_of(country, region, (year,), kind)
    return dict(found.items()) if found is not None else {}


def library_of(country: str, region: str, years: tuple[int, ...], kind: str) -> holidays.HolidayBase | None:
    """What the library has of these years, in English where it can; None for a kind that the country has not."""
    known = getattr(holidays, country, None)
    if known is None or kind not in known.supported_categories:
        return None
    language = LANGUAGE if LANGUAGE in (known.supported_languages or ()) else None
    return holidays.country_holidays(
        country, subdiv=region or None, years=years, categories=(kind,), language=language
    )


def _read(name: str, why: str) -> DayOff:
    """From when on a day is off stands in its name, whatever the kind; a half day without an hour is shut from noon."""
    if shorter := SHORTER.search(name):
        return DayOff(name, why, hours_less=int(shorter[1]))
    if since := FROM.search(name):
        hour = int(since[1]) % 12 + (12 if since[3] == "p" else 0)
        return DayOff(name, why, time(hour, int(since[2] or 0)))
    if worked := moved_from(name):
        day = f"{worked:%A} {worked.day} {worked:%B}"
        return DayOff(kept(f"Day off for {day}"), why)
    half = why == HALF_DAY or "(afternoon)" in name.casefold()
    return DayOff(name, why, NOON if half else None)


def moved_from(name: str) -> date | None:
    """The day that is worked instead of a day off of this name; the library writes it the American way."""
    moved = MOVED_FROM.search(name)
    return date(int(moved[3]), int(moved[1]), int(moved[2])) if moved else None


def _by_custom(country: str, region: str, year: int) -> list[tuple[date, DayOff]]:
    kind, names = SHUT_BY_CUSTOM.get(country, ("", ()))
    listed = _listed(country, region, year, kind)
    shut = [(day, DayOff(name, CUSTOM)) for day, name in listed.items() if name in names]
    early = [
        (date(year, *eve), DayOff(EVES[eve], CUSTOM, shuts_at))
        for eve, shuts_at in SHUT_EARLY_BY_CUSTOM.get(country, {}).items()
    ]
    return shut + early


ONCE, YEARLY, WORKED = " *+"
"""How an own day is packed (see `PACKED` in the models): off once, off every year, or worked."""


def own_in(own: Sequence[str], year: int) -> dict[date, str]:
    """Which of an office's own days hold on which day of a year.

    What is said for one date goes before what is said for every year.
    """
    found: dict[date, str] = {}
    for said in sorted(own, key=lambda said: said[10] != YEARLY):
        day, yearly = date.fromisoformat(said[:10]), said[10] == YEARLY
        if yearly and day.year <= year and not _is_missing(day, year):
            day = day.replace(year=year)
        if day.year == year:
            found[day] = said
    return found


def _is_missing(day: date, year: int) -> bool:
    """The 29th of February, in most years."""
    try:
        day.replace(year=year)
    except ValueError:
        return True
    return False


Place = tuple[str, str, tuple[str, ...], bool]
"""Which country, region and kinds of days count (none: the usual ones), and whether those by custom do."""


@lru_cache(maxsize=1024)
def closings(
    place: Place, own: tuple[str, ...], hours: tuple[time, time], year: int
) -> dict[date, time | None]:
    """The days of a year on which an office does not work as ever: when it shuts, None where it does not open.

    Of its own days those on which it is shut come on top; when it shuts on a half day goes by its own word,
    where it has given one. A day that would end before it begins is none.
    """
    (starts, ends), (country, region, kinds, custom) = hours, place
    listed = days_off(country, region, year, kinds=kinds, custom=custom) if country else {}
    found = {day: off.closing(ends) for day, off in listed.items()}
    for day, said in own_in(own, year).items():
        as_ever = ends if said[10] == WORKED else None
        shuts_at = time.fromisoformat(said[11:]) if said[11:] else as_ever
        if shuts_at is None or found.get(day, ends) is not None:
            found[day] = shuts_at
    return {
        day: None if shuts_at is None or shuts_at <= starts else min(shuts_at, ends)
        for day, shuts_at in found.items()
    }
