"""Where a rule holds: countries, their parts, and the European Union."""

from collections.abc import Iterable
from functools import lru_cache

import pycountry

from ats.kernel.staff_words import gettext
from ats.organisation.domain.places import EU, MEMBERS, applies, name_of

__all__ = ["EU", "MEMBERS", "applies", "in_words", "is_place", "name_of"]


@lru_cache(maxsize=1024)
def is_place(code: str) -> bool:
    """Whether this is a country, a part of one, or EU."""
    if code == EU:
        return True
    if "-" in code:
        return pycountry.subdivisions.get(code=code) is not None
    return len(code) == 2 and pycountry.countries.get(alpha_2=code) is not None


def in_words(codes: Iterable[str]) -> str:
    """`California, Colorado`; Everywhere for none."""
    return ", ".join(sorted(name_of(code) for code in codes)) or gettext("Everywhere")
