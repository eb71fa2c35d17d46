"""Days of a weekend that are worked: moved there by law for a day off in the week, or by an office's own word."""

from datetime import date
from functools import lru_cache

from ats.organisation.domain.days_off import CHIEF_REGIONS, WORKED, Place, library_of, moved_from, own_in
from ats.organisation.domain.defaults import working_days_of
from ats.organisation.domain.kinds import PUBLIC

Moved = dict[date, date | None]
"""Each worked day with the day that is off for it; None where that is not known."""


@lru_cache(maxsize=256)
def moved_days(country: str, region: str, year: int) -> Moved:
    """The weekend days of a year on which a country works, as far as the library knows.

    The day off may lie in the year before or after. A day that was announced late is missing until a newer library.
    """
    try:
        listed = library_of(
            country, region or CHIEF_REGIONS.get(country, ""), (year - 1, year, year + 1), PUBLIC
        )
    except NotImplementedError:
        return {}
    if listed is None:
        return {}
    off = {worked: day for day, name in listed.items() if (worked := moved_from(name))}
    return {day: off.get(day) for day in sorted(listed.weekend_workdays) if day.year == year}


@lru_cache(maxsize=1024)
def worked_days(place: Place, own: tuple[str, ...], days: tuple[int, ...], year: int) -> Moved:
    """The days of a year outside of its week on which an office works; what shuts it goes before (`closings`).

    Its country's moved days are its own if it works the whole week of the country: who has Fridays off anyway does
    not come in on the Saturday that makes up for a Friday.
    """
    country, region, kinds, _ = place
    found: Moved = {}
    if country and PUBLIC in (kinds or (PUBLIC,)) and set(working_days_of(country)) <= set(days):
        found |= moved_days(country, region, year)
    for day, said in own_in(own, year).items():
        if said[10] == WORKED:
            found.setdefault(day)
    return {day: off for day, off in found.items() if day.weekday() not in days}
