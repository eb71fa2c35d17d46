"""Names of time zones as calendars write them, made into those that everybody knows, before a file is read.

What is left as it is, the library knows, or the file itself explains (VTIMEZONE); anything else counts by the
clock of the calendar's owner.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

LINE = re.compile(
    r"^(?P<name>DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE|DUE)(?P<before>(?:;(?!TZID=)[^;:]+)*);TZID=(?P<zone>.+?)"
    r"(?P<after>(?:;VALUE=[A-Z-]+)?):(?P<value>\d{8}[\dTZ,/PWHMS]*)$",
    re.IGNORECASE | re.MULTILINE,
)
FOLD = re.compile(r"\r?\n[ \t]")
EXPLAINED = re.compile(
    r"^BEGIN:VTIMEZONE\n(?:[^\n]*\n){0,20}?TZID:(?P<zone>[^\n]+)", re.IGNORECASE | re.MULTILINE
)
OFFSET = re.compile(
    r"^\((?:UTC|GMT)(?P<sign>[+\-\u2212])?(?P<hours>\d{1,2})?:?(?P<minutes>\d{2})?\)\s*(?P<places>.*)$"
)
SPOKEN = {
    "atlantic time": "America/Halifax",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "coordinated universal time": "UTC",
    "new delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "edinburgh": "Europe/London",
    "osaka": "Asia/Tokyo",
    "bern": "Europe/Zurich",
}
"""What no zone's name has in it, as it stands in lists to choose from; in small letters."""


def mended(content: bytes) -> bytes:
    """The file with every zone that we know by its usual name."""
    if b"TZID" not in content.upper():
        return content
    text = FOLD.sub("", content.decode("utf-8", "surrogateescape")).replace("\r\n", "\n")
    explained = {_bare(found["zone"]) for found in EXPLAINED.finditer(text)}

    def usual(line: re.Match[str]) -> str:
        zone = _bare(line["zone"])
        known = "" if zone in explained else name(zone)
        return f'{line["name"]}{line["before"]};TZID="{known or zone}"{line["after"]}:{line["value"]}'

    return LINE.sub(usual, text).encode("utf-8", "surrogateescape")


@cache
def name(zone: str) -> str:
    """`Europe/Amsterdam` for what somebody's program calls that; empty for what we do not know, or they know."""
    if zone.lower() == "tzone://microsoft/utc":
        return "UTC"
    told = OFFSET.match(zone)
    if told is None:
        return _of_places(zone, None)
    hours, minutes = int(told["hours"] or 0), int(told["minutes"] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (1 if (told["sign"] or "+") == "+" else -1)
    return _of_places(told["places"], offset) or _fixed(offset)


def _of_places(places: str, offset: timedelta | None) -> str:
    """The zone of the first of these places that is known, if its winter is that far from UTC."""
    for place in places.split(","):
        words = re.sub(r"\s*\(.*?\)", "", place).strip().lower()
        zone = SPOKEN.get(words) or (_cities().get(words.replace(" ", "_")) if offset is not None else "")
        if zone and offset in {None, _standard(zone)}:
            return zone
    return ""


def _fixed(offset: timedelta) -> str:
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14:
        return ""
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


@cache
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for zone in sorted(available_timezones(), key=lambda each: (each.count("/") != 1, each)):
        if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/")):
            found.setdefault(zone.rpartition("/")[2].lower(), zone)
    return found


def _standard(zone: str) -> timedelta | None:
    """How far a zone is from UTC when its clocks are not put forward."""
    try:
        offsets = [
            datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7)
        ]
    except ZoneInfoNotFoundError:
        return None
    return min(offset for offset in offsets if offset is not None)


def _bare(zone: str) -> str:
    return zone.strip().strip('"').strip()
