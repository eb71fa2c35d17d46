"""Saying times in words: how long ago, when due, and the absolute time behind both."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format

from ats.kernel.languages import spoken
from ats.kernel.staff_words import gettext, ngettext

MINUTE, HOUR = 60, 3600


def counted(number: int, one: str, many: str) -> str:
    """`3 days`, `1 day`: the number with its word."""
    return f"{number} {one if number == 1 else many}"


def days_between(start: datetime, end: datetime) -> int:
    """Calendar days from one moment to the other, in the viewer's zone."""
    zone = timezone.get_current_timezone()
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days


def absolute(moment: datetime) -> str:
    """`Tuesday 24 November 2026, 14:05 CET`, in the viewer's zone."""
    local = timezone.localtime(moment)
    if not _in_english():
        return f"{date_format(local, 'DAY_AND_YEAR')}, {local:%H:%M %Z}"
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"


def day_in(moment: datetime, zone: tzinfo) -> str:
    """`Tuesday 24 November`: the day on which it falls there."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}" if _in_english() else date_format(local, "DAY")


def _in_english() -> bool:
    """Whether the quick way will do: a board says hundreds of times."""
    return spoken() == "en"


def day(moment: datetime, *, now: datetime) -> str:
    """`Tuesday 24 November` for the viewer, with the year where it is another one."""
    zone = timezone.get_current_timezone()
    local = moment.astimezone(zone)
    same_year = local.year == now.astimezone(zone).year
    if not same_year and not _in_english():
        return date_format(local, "DAY_AND_YEAR")
    return day_in(moment, zone) + ("" if same_year else f" {local.year}")


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """`Thursday 26 November, 10:00 to 10:45 (CET, Berlin)`: for readers in any zone, with theirs named."""
    local, until = start.astimezone(zone), end.astimezone(zone)
    day = f"{local:%A} {local.day} {local:%B}"
    return f"{day}, {local:%H:%M} to {until:%H:%M} ({zone_name(local, zone)})"


def told_span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """`span` in the language of now: the record has it in English."""
    local, until = start.astimezone(zone), end.astimezone(zone)
    return translation.gettext("%(day)s, %(start)s to %(end)s (%(zone)s)") % {
        "day": day_in(start, zone),
        "start": f"{local:%H:%M}",
        "end": f"{until:%H:%M}",
        "zone": zone_name(local, zone),
    }


def zone_name(local: datetime, zone: ZoneInfo) -> str:
    """`CET, Berlin`: a zone by its letters at that moment, where it has some, and its city."""
    letters = f"{local.astimezone(zone):%Z}"
    letters = f"UTC{letters}" if letters[:1] in "+-" else letters
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return letters if place in {letters, zone.key} else f"{letters}, {place}"


def _short_day(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localtime(now).year
    if not _in_english():
        return date_format(local, "SHORT_DAY" if same_year else "SHORT_DATE")
    return f"{local.day} {local:%b}" + ("" if same_year else f" {local.year}")


def _span(seconds: float) -> str:
    if seconds < HOUR:
        return gettext("%(minutes)s min") % {"minutes": max(1, int(seconds // MINUTE))}
    hours = int(seconds // HOUR)
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


def ago(moment: datetime, *, now: datetime) -> str:
    """`just now`, `5 min ago`, `yesterday`, `4 days ago`, `12 Nov`; ahead: `in 3 hours`, `tomorrow`."""
    seconds = (now - moment).total_seconds()
    days = days_between(moment, now)
    if abs(seconds) < MINUTE:
        return gettext("just now")
    if days == 0:
        return _ago(seconds) if seconds > 0 else _ahead(-seconds)
    if days in {1, -1}:
        return gettext("yesterday") if days == 1 else gettext("tomorrow")
    if abs(days) < 7:
        return (gettext("%(days)s days ago") if days > 0 else gettext("in %(days)s days")) % {
            "days": abs(days)
        }
    return _short_day(moment, now)


def _ago(seconds: float) -> str:
    if seconds < HOUR:
        return gettext("%(minutes)s min ago") % {"minutes": max(1, int(seconds // MINUTE))}
    hours = int(seconds // HOUR)
    return ngettext("%(hours)s hour ago", "%(hours)s hours ago", hours) % {"hours": hours}


def _ahead(seconds: float) -> str:
    if seconds < HOUR:
        return gettext("in %(minutes)s min") % {"minutes": max(1, int(seconds // MINUTE))}
    hours = int(seconds // HOUR)
    return ngettext("in %(hours)s hour", "in %(hours)s hours", hours) % {"hours": hours}


def waits(broken: int, since: datetime | None, *, now: datetime) -> str:
    """`3 broken dates, waiting 26 days`: how often in a row we broke our word, and how long somebody waits by now."""
    dates = ngettext("%(number)s broken date", "%(number)s broken dates", broken) % {"number": broken}
    days = days_between(since, now) if since else 0
    if days <= 0:
        return gettext("%(dates)s, waiting since today") % {"dates": dates}
    said = ngettext("%(dates)s, waiting %(days)s day", "%(dates)s, waiting %(days)s days", days)
    return said % {"dates": dates, "days": days}


def due(moment: datetime, *, now: datetime) -> str:
    """`today by 17:00`, `tomorrow`, `in 4 days`, `by 12 Feb`; past: `3 hours late`, `1 day late`."""
    seconds = (moment - now).total_seconds()
    days = days_between(now, moment)
    if seconds < 0:
        return _late(-seconds, -days)
    if days == 0:
        return gettext("today by %(time)s") % {"time": clock(moment)}
    if days == 1:
        return gettext("tomorrow")
    if days <= 14:
        return gettext("in %(days)s days") % {"days": days}
    return gettext("by %(day)s") % {"day": _short_day(moment, now)}


def _late(seconds: float, days: int) -> str:
    if days == 0:
        return gettext("%(span)s late") % {"span": _span(seconds)}
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
