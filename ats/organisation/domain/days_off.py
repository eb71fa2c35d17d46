"""The days on which offices of a place are shut: its public holidays, and those that custom adds to them."""

from datetime import date
from functools import lru_cache

import holidays

CHIEF_REGIONS = {"GB": "ENG"}
"""Where a country's own list holds only what is off in all of its parts: the part of most offices, if none is named."""
CUSTOM = {
    "SE": ("de_facto", ("Midsummer Eve", "Christmas Eve", "New Year's Eve")),
    "BR": ("optional", ("Carnival",)),
    "PT": ("optional", ("Carnival",)),
}
"""Days that the law does not name and on which next to no office works, by the library's category of them."""
LANGUAGE = "en_US"


@lru_cache(maxsize=256)
def days_off(country: str, region: str, year: int, *, custom: bool) -> dict[date, str]:
    """Each day with its name; a country or region that the library does not know has none."""
    region = region or CHIEF_REGIONS.get(country, "")
    try:
        found = dict(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return {}
    category, names = CUSTOM.get(country, ("", ()))
    if custom and category:
        more = holidays.country_holidays(
            country, subdiv=region or None, years=year, categories=(category,), language=LANGUAGE
        )
        found |= {day: name for day, name in more.items() if name in names and day not in found}
    return found
