"""The code of a place, its name, and what holds there, for whatever differs by law."""

from collections.abc import Collection
from functools import lru_cache

import pycountry

from ats.kernel.staff_words import gettext

EU = "EU"
_MEMBERS = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBERS = frozenset(_MEMBERS.split())


@lru_cache(maxsize=1024)
def code_of(country: str, region: str) -> str:
    """ISO 3166 code of a region as people write it (California, CA or US-CA), else of its country."""
    wanted = region.strip().casefold()
    if not wanted:
        return country
    for part in pycountry.subdivisions.get(country_code=country) or ():
        if wanted in {part.code.casefold(), part.code.split("-", 1)[1].casefold(), part.name.casefold()}:
            return str(part.code)
    return country


def applies(jurisdictions: Collection[str], place: str) -> bool:
    """Whether a rule of these jurisdictions (none: everywhere) holds at `place`, such as DE or US-CA."""
    if not jurisdictions:
        return True
    country = place.split("-", 1)[0]
    return place in jurisdictions or country in jurisdictions or (EU in jurisdictions and country in MEMBERS)


def name_of(code: str) -> str:
    """The place in words: California, Germany; the code itself where it has no name."""
    if code == EU:
        return gettext("European Union")
    if "-" in code:
        part = pycountry.subdivisions.get(code=code)
        return str(part.name) if part else code
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code
