"""What the words of due steps may say of the interview or the first day that they follow."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from django.utils.formats import date_format

from ats.kernel.languages import later
from ats.kernel.when import day_in
from candidates.compose import quiet_hours
from candidates.follow_ups.models import FollowUp
from candidates.interviews.models import Interview

INTERVIEW = "interview-"


def facts_of(rows: Sequence[FollowUp]) -> dict[int, dict[str, Any]]:
    """By row, in one query at most; days are said in the language of the letter."""
    wanted = {row.pk: number for row in rows if (number := _interview(row))}
    interviews = Interview.objects.in_bulk(set(wanted.values())) if wanted else {}
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        application = row.application
        if application is None:
            continue
        facts: dict[str, Any] = {}
        if interview := interviews.get(wanted.get(row.pk, 0)):
            zone = quiet_hours.zone_for(application)
            facts |= {
                "interview.name": interview.name,
                "interview.when": later(_when, interview.starts_at, zone),
            }
        if application.starts_on:
            facts["start.day"] = later(date_format, application.starts_on, "DAY")
        found[row.pk] = facts
    return found


def _when(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{day_in(moment, zone)}, {local:%H:%M} ({local:%Z})"


def _interview(row: FollowUp) -> int:
    """The number of the interview that a step follows; 0 where it follows none."""
    which = str(row.payload.get("which", ""))
    number = which.removeprefix(INTERVIEW).split("-")[0]
    return int(number) if which.startswith(INTERVIEW) and number.isdecimal() else 0
