"""How long the way to a start took in this organisation, from what is on record."""

from datetime import date, datetime, timedelta

from ats.kernel.rows import listed
from candidates.models import KEPT_FROM_ANYBODY
from partners.intake.domain.timeline import Median, TimeLine, backwards
from requisitions.models import Requisition

BACK = timedelta(days=730)

MEDIANS = f"""
    WITH hired AS (
        SELECT a.applied_at, a.starts_on, p.published_at, o.sent_at, o.settled_at
        FROM candidates_application a
        JOIN requisitions_requisition r ON r.id = a.requisition_id AND r.organisation_id = %(organisation)s
        LEFT JOIN requisitions_jobpost p ON p.id = a.post_id
        LEFT JOIN candidates_offer o ON o.application_id = a.id AND o.state = 'accepted'
        WHERE a.state = 'hired' AND a.decided_at >= %(since)s AND a.id NOT IN {KEPT_FROM_ANYBODY}
    ), legs AS (
        SELECT 'publish' AS leg, min(p.published_at)::date - r.opened_at::date AS days
        FROM requisitions_requisition r JOIN requisitions_jobpost p ON p.requisition_id = r.id
        WHERE r.organisation_id = %(organisation)s AND r.opened_at >= %(since)s AND p.published_at >= r.opened_at
        GROUP BY r.id, r.opened_at
        UNION ALL SELECT 'apply', applied_at::date - published_at::date FROM hired WHERE applied_at >= published_at
        UNION ALL SELECT 'choose', sent_at::date - applied_at::date FROM hired WHERE sent_at >= applied_at
        UNION ALL SELECT 'answer', settled_at::date - sent_at::date FROM hired WHERE settled_at >= sent_at
        UNION ALL SELECT 'begin', starts_on - settled_at::date FROM hired WHERE starts_on >= settled_at::date
    )
    SELECT leg, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)), count(*) FROM legs GROUP BY leg
"""  # noqa: S608


def medians(organisation_id: int, *, now: datetime) -> dict[str, Median]:
    """The medians of the last two years; one query."""
    rows = listed(MEDIANS, {"organisation": organisation_id, "since": now - BACK})
    return {leg: Median(int(days), cases) for leg, days, cases in rows}


def time_line(
    requisition: Requisition, start: date | None, *, is_out: bool, now: datetime
) -> TimeLine | None:
    """What has to be so by when for that start; None where nobody has said when."""
    if start is None:
        return None
    known = medians(requisition.organisation_id, now=now)
    return backwards(start, known, today=now.date(), is_out=is_out)
