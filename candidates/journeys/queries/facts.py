"""What the words of due steps may say of the interview or the first day that they follow."""

from collections.abc import Sequence

from candidates.compose import quiet_hours, words
from candidates.follow_ups.models import FollowUp
from candidates.interviews.models import Interview

INTERVIEW = "interview-"


def facts_of(rows: Sequence[FollowUp]) -> dict[int, dict[str, str]]:
    """By row, in one query at most."""
    wanted = {row.pk: number for row in rows if (number := _interview(row))}
    interviews = Interview.objects.in_bulk(set(wanted.values())) if wanted else {}
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        application = row.application
        if application is None:
            continue
        facts: dict[str, str] = {}
        if interview := interviews.get(wanted.get(row.pk, 0)):
            place = quiet_hours.place_of(application)
            zone = quiet_hours.zone_of(application.candidate, application.calendar, place)
            local = interview.starts_at.astimezone(zone)
            facts |= {
                "interview.name": interview.name,
                "interview.when": f"{words.day(interview.starts_at, zone)}, {local:%H:%M} ({local:%Z})",
            }
        if application.starts_on:
            facts["start.day"] = (
                f"{application.starts_on:%A} {application.starts_on.day} {application.starts_on:%B}"
            )
        found[row.pk] = facts
    return found


def _interview(row: FollowUp) -> int:
    """The number of the interview that a step follows; 0 where it follows none."""
    which = str(row.payload.get("which", ""))
    number = which.removeprefix(INTERVIEW).split("-")[0]
    return int(number) if which.startswith(INTERVIEW) and number.isdecimal() else 0
