"""Choosing a time zone."""

from functools import cache
from zoneinfo import available_timezones

from django import forms


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


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"label": "Time zone", "choices": zones, **options})  # type: ignore[arg-type]
