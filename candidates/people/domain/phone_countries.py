"""Of which countries a telephone number may be that does not say so: people choose, nothing is guessed for them."""

from collections.abc import Iterable
from dataclasses import dataclass

import pycountry

from ats.kernel.staff_words import gettext
from candidates.people.domain import phones


@dataclass(frozen=True)
class PhoneCountry:
    """A country in which there can be this number, and why it is thought of."""

    code: str
    name: str
    why: str
    dialled: str


def possible(typed: str, *, lives_in: str = "", jobs: Iterable[str] = ()) -> tuple[PhoneCountry, ...]:
    """Where the person lives and where the jobs are, as far as there can be such a number."""
    found: dict[str, PhoneCountry] = {}
    for code, why in (
        (lives_in.upper(), gettext("where they live")),
        *((code, gettext("where the job is")) for code in jobs),
    ):
        country = pycountry.countries.get(alpha_2=code) if code else None
        if country is None or code in found or not (number := phones.in_country(typed, code)):
            continue
        name = getattr(country, "common_name", country.name)
        found[code] = PhoneCountry(code, name, why, phones.in_words(number))
    return tuple(found.values())
