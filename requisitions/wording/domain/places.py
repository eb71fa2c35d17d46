"""Where a rule holds: countries, their parts, and the European Union."""

from collections.abc import Collection, Iterable
from functools import lru_cache

import pycountry

from ats.kernel.staff_words import gettext

EU = "EU"
_MEMBERS = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBERS = frozenset(_MEMBERS.split())


def applies(jurisdictions: Collection[str], place: str) -> bool:
    """Whether a rule of these jurisdictions (none: everywhere) holds at `place`, such as DE or US-CA."""
    if not jurisdictions:
        return True
    country = place.split("-", 1)[0]
    return place in jurisdictions or country in jurisdictions or (EU in jurisdictions and country in MEMBERS)


@lru_cache(maxsize=1024)
def is_place(code: str) -> bool:
    """Whether this is a country, a part of one, or EU."""
    if code == EU:
        return True
    if "-" in code:
        return pycountry.subdivisions.get(code=code) is not None
    return len(code) == 2 and pycountry.countries.get(alpha_2=code) is not None


def name_of(code: str) -> str:
    """The place in words: California, Germany; the code itself where it has no name."""
    if code == EU:
        return gettext("European Union")
    if "-" in code:
        part = pycountry.subdivisions.get(code=code)
        return str(part.name) if part else code
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code


def in_words(codes: Iterable[str]) -> str:
    """`California, Colorado`; Everywhere for none."""
    return ", ".join(sorted(name_of(code) for code in codes)) or gettext("Everywhere")
