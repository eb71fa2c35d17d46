"""Times that somebody gave for an interview: how they are kept, and what is wrong with them. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ats.calendars.domain import spans
from ats.calendars.domain.spans import MINUTE, Span
from ats.kernel.staff_words import gettext, ngettext
from ats.kernel.when import day_in

Kept = list[list[str]]
"""Pairs of moments (ISO 8601), as rows keep them."""


def kept(times: Iterable[Span]) -> Kept:
    return [[start.isoformat(), end.isoformat()] for start, end in times]


def read(times: Kept) -> list[Span]:
    return spans.joined((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in times)


@dataclass(frozen=True)
class Terms:
    """What times are asked for: between which moments, how long at least, on which days, by whose clock."""

    minutes: int
    since: datetime
    until: datetime
    zone: tzinfo
    works: Callable[[date], bool]

    @property
    def length(self) -> timedelta:
        return self.minutes * MINUTE

    @property
    def last_day(self) -> date:
        return (self.until - MINUTE).astimezone(self.zone).date()


def problems(times: Sequence[Span], terms: Terms) -> dict[int, str]:
    """What is wrong with which of these times, by its place; empty where all of them can be used."""
    found = {place: said for place, span in enumerate(times) if (said := _problem(span, terms))}
    for place, (start, end) in enumerate(times):
        earlier = (other for other in times[:place] if other[0] < end and start < other[1])
        if place not in found and next(earlier, None) is not None:
            found[place] = gettext("This overlaps with another of your times: make one of the two.")
    return found


def _problem(span: Span, terms: Terms) -> str:
    start, end = span
    if end <= start:
        return gettext("This ends before it begins.")
    if start < terms.since:
        return gettext("This time has passed already, or has begun.")
    if end > terms.until:
        last = day_in(terms.until - MINUTE, terms.zone)
        return gettext("This is too far ahead: give times until %(day)s.") % {"day": last}
    if end - start < terms.length:
        said = ngettext(
            "The interview takes %(number)s minute: give at least as long a time.",
            "The interview takes %(number)s minutes: give at least as long a time.",
            terms.minutes,
        )
        return said % {"number": terms.minutes}
    if not terms.works(start.astimezone(terms.zone).date()):
        return gettext("The office is shut on this day: give another one.")
    return ""
