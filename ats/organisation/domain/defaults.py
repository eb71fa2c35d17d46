"""What a place brings along: its time zone, its working days, its public holidays, its currency."""

from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

import holidays
import pycountry

from ats.kernel import zones
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.domain import names

DAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
DAY_STARTS, DAY_ENDS = time(9), time(17)

CHIEF_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
}
"""Where most people live, in countries whose list of zones begins elsewhere."""

EURO = frozenset(
    (
        *("AD", "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT"),
        *("LT", "LU", "LV", "MC", "MT", "NL", "PT", "SI", "SK", "SM", "VA"),
    )
)
CURRENCIES = {"BR": "BRL", "CZ": "CZK", "MX": "MXN", "PL": "PLN", "RO": "RON", "TR": "TRY", "UA": "UAH"}
"""Where the currency does not carry the country's number."""


@cache
def _zones_by_country() -> dict[str, list[str]]:
    """Time zones of each country, as the time zone database lists them."""
    found: dict[str, list[str]] = {}
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            if zone in zones.known():
                found.setdefault(country, []).append(zone)
    return found


def zones_of(country: str) -> list[str]:
    return _zones_by_country().get(country, [])


def country_of(zone: str) -> str:
    """The country in which this zone lies; empty where none or several could be meant."""
    return next((country for country, found in _zones_by_country().items() if zone in found), "")


def zone_of(country: str, city: str = "", *, seen: str = "") -> str:
    """The time zone of a place: by its city, by what the reader's device shows, else where most people live."""
    there = zones_of(country)
    named = city.strip().casefold().replace(" ", "_")
    by_city = next((zone for zone in there if zone.rpartition("/")[2].casefold() == named), "")
    return by_city or (seen if seen in there else "") or CHIEF_ZONES.get(country) or next(iter(there), "UTC")


def working_days_of(country: str) -> list[int]:
    """The days of a week that are not its weekend there."""
    weekend = {5, 6}
    if country in holidays.list_supported_countries():
        weekend = set(holidays.country_holidays(country).weekend)
    return [day for day in range(7) if day not in weekend]


def currency_of(country: str) -> str:
    if country in EURO:
        return "EUR"
    known = pycountry.countries.get(alpha_2=country)
    by_number = pycountry.currencies.get(numeric=known.numeric) if known else None
    return CURRENCIES.get(country) or (str(by_number.alpha_3) if by_number else "EUR")


def country_name(country: str) -> str:
    return names.country(country)


def days_in_words(days: list[int]) -> str:
    """“Monday to Friday” where they follow each other, also over the end of the week; else all of them."""
    starts = [day for day in days if (day - 1) % 7 not in days]
    if len(starts) == 1 and len(days) > 2:
        last = (starts[0] + len(days) - 1) % 7
        return gettext("%(first)s to %(last)s") % {"first": DAYS[starts[0]], "last": DAYS[last]}
    return ", ".join(str(DAYS[day]) for day in days)


@dataclass(frozen=True)
class Place:
    """How people work in a place, as far as the place tells."""

    country: str
    time_zone: str
    working_days: list[int]
    holiday_country: str

    @property
    def sentence(self) -> str:
        said = gettext("%(days)s, %(start)s to %(end)s, by the clock of %(zone)s.") % {
            "days": days_in_words(self.working_days),
            "start": f"{DAY_STARTS:%-H:%M}",
            "end": f"{DAY_ENDS:%-H:%M}",
            "zone": self.time_zone,
        }
        if not self.holiday_country:
            return said
        return (
            f"{said} {gettext('Public holidays off: %(country)s.') % {'country': country_name(self.country)}}"
        )

    def calendar(self) -> dict[str, Any]:
        """The facts of a working calendar there."""
        return {
            "name": country_name(self.country),
            "time_zone": self.time_zone,
            "working_days": self.working_days,
            "day_starts": DAY_STARTS,
            "day_ends": DAY_ENDS,
            "holiday_country": self.holiday_country,
        }


def place(country: str, city: str = "", *, seen: str = "") -> Place:
    """What is known of a place; `seen` is the time zone that the reader's device shows."""
    known = country if country in holidays.list_supported_countries() else ""
    return Place(country, zone_of(country, city, seen=seen), working_days_of(country), known)
