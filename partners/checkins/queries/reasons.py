"""The figures that speak for meeting sooner: what happened in one role since its partners last met."""

from datetime import datetime
from itertools import takewhile
from typing import Any

from ats.kernel.rows import answers
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.models import KEPT_FROM_ANYBODY
from partners.checkins.domain.reasons import Figures
from partners.checkins.models import CheckIn, CheckInState
from partners.partnerships.models import Partnership, PartnerSide

FIGURES = f"""
    SELECT missed.*, came.*, offers.*, broken.* FROM
    (SELECT count(*) FILTER (WHERE side = 'recruiter') AS recruiter,
            count(*) FILTER (WHERE side = 'manager') AS manager
     FROM partners_commitment WHERE partnership_id = %(partnership)s AND state = 'missed'
       AND until_at > %(since)s AND until_at <= %(now)s) AS missed,
    (SELECT greatest(
        (SELECT max(applied_at) FROM candidates_application a
         WHERE requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}),
        (SELECT min(published_at) FROM requisitions_jobpost
         WHERE requisition_id = %(role)s AND state = 'published')) AS last_came_at,
        EXISTS (SELECT FROM requisitions_opening WHERE requisition_id = %(role)s AND state = 'open') AS seats
    ) AS came,
    (SELECT coalesce(array_agg(o.id ORDER BY o.settled_at, o.id) FILTER (WHERE o.settled_at > %(since)s), '{{}}')
            AS declined, count(*) AS declined_ever
     FROM candidates_offer o JOIN candidates_application a ON a.id = o.application_id
     WHERE a.requisition_id = %(role)s AND o.state = 'declined' AND o.settled_at <= %(now)s
       AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS offers,
    (SELECT count(DISTINCT application_id) AS broken_again FROM ats_activity
     WHERE requisition_id = %(role)s AND application_id NOT IN {KEPT_FROM_ANYBODY}
       AND verb = 'promise.broken' AND occurred_at > %(since)s
       AND occurred_at <= %(now)s AND (data ->> 'broken_before')::int > 0) AS broken
"""  # noqa: S608


MOST_IN_A_ROW = 10


def last_met(partnership: Partnership) -> tuple[int, datetime]:
    """The number and the moment of the last check-in, held or not; the beginning where there was none."""
    past = (CheckInState.HELD, CheckInState.SKIPPED)
    last = partnership.check_ins.filter(state__in=past).order_by("-number").first()
    if last is None:
        return 0, partnership.started_at
    return last.number, last.held_at or last.scheduled_at


def figures(partnership: Partnership, *, now: datetime) -> Figures:
    """Two queries."""
    number, since = last_met(partnership)
    role = partnership.requisition
    values = {"partnership": partnership.pk, "role": role.pk, "since": since, "now": now}
    found: dict[str, Any] = answers(FIGURES, values)
    calendar = role.organisation.calendar
    last = found["last_came_at"] if found["seats"] else None
    return Figures(
        number=number,
        missed={side.value: found[side.value] for side in PartnerSide},
        last_came_at=last.astimezone(calendar.zone) if last else None,
        dry_days=_working_days(calendar, last, now) if last else 0,
        declined=tuple(found["declined"]),
        declined_ever=found["declined_ever"],
        broken_again=found["broken_again"],
    )


def _working_days(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    return working_time.days_between(calendar, start, end)


def skipped_in_a_row(check_in: CheckIn) -> list[int]:
    """The numbers of the check-ins up to this one that were not held, with nothing held in between."""
    rows = CheckIn.objects.filter(partnership=check_in.partnership_id, number__lte=check_in.number)
    known = rows.exclude(state=CheckInState.CANCELLED).order_by("-number").values_list("number", "state")
    return sorted(
        number for number, _ in takewhile(lambda row: row[1] == CheckInState.SKIPPED, known[:MOST_IN_A_ROW])
    )
