"""The time zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known() -> frozenset[str]:
    """The names of all time zones. Python looks through its files for them, every time it is asked."""
    return frozenset(available_timezones())


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]] | tuple[str, str]]:
    """Time zones by continent, as people look for them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(known()):
        area, _, place = zone.partition("/")
        if place and area not in {"Etc", "SystemV", "US", "posix", "right"}:
            groups.setdefault(area, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]
