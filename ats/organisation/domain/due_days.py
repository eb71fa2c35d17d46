"""Days that people name for something to be due: only those on which somebody is there to do it."""

from datetime import date, datetime

from django.utils.formats import date_format

from ats.kernel.staff_words import gettext
from ats.organisation.domain.working_time import closing, next_working_day
from ats.organisation.models import WorkingCalendar


def why_not(calendar: WorkingCalendar, moment: datetime) -> str:
    """Why nothing can fall due then, in words for whoever named it; empty where somebody is at work.

    On half days it cannot be after the office has shut; an ordinary evening is for people to agree.
    """
    local = moment.astimezone(calendar.zone)
    day = local.date()
    shuts_at = closing(calendar, day)
    if shuts_at is None:
        return gettext("Nobody is at work on %(day)s: the next working day is %(next)s.") % {
            "day": _said(day),
            "next": _following(calendar, day),
        }
    if shuts_at < calendar.day_ends and local.time() > shuts_at:
        said = gettext("On %(day)s work ends at %(time)s: the next working day is %(next)s.")
        return said % {"day": _said(day), "time": f"{shuts_at:%H:%M}", "next": _following(calendar, day)}
    return ""


def _said(day: date) -> str:
    return date_format(day, "DAY")


def _following(calendar: WorkingCalendar, day: date) -> str:
    return _said(next_working_day(calendar, day))
