"""Days that people name for something to be due: only those on which somebody is there to do it."""

from datetime import date, datetime

from django.utils.formats import date_format

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
        return f"Nobody is at work on {_said(day)}{_following(calendar, day)}"
    if shuts_at < calendar.day_ends and local.time() > shuts_at:
        return f"On {_said(day)} work ends at {shuts_at:%H:%M}{_following(calendar, day)}"
    return ""


def _said(day: date) -> str:
    return date_format(day, "l j F")


def _following(calendar: WorkingCalendar, day: date) -> str:
    return f": the next working day is {_said(next_working_day(calendar, day))}."
