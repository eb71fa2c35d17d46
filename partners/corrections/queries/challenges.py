"""What slips in one role now, from its figures."""

from datetime import date, datetime, timedelta
from typing import Any

from ats.kernel.rows import answers, listed
from candidates.models import KEPT_FROM_ANYBODY
from partners.corrections.domain.challenges import STEPS, Challenge, Facts, Step, challenges
from partners.corrections.queries.figures import before, likely_start, place
from partners.partnerships.models import Partnership
from partners.partnerships.queries import status

MISSES = timedelta(days=30)
PAST = timedelta(days=730)
MOST_GROUNDS = 2

COUNTED = f"""
    SELECT (SELECT count(*) FROM candidates_application a
            WHERE requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS received,
           (SELECT count(*) FROM candidates_application a
            WHERE requisition_id = %(role)s AND applied_at > %(since)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS lately,
           (SELECT count(*) FROM candidates_review r JOIN candidates_application a ON a.id = r.application_id
            WHERE a.requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS put_forward,
           (SELECT count(*) FROM requisitions_criterion
            WHERE requisition_id = %(role)s AND kind = 'must') AS must_haves,
           (SELECT min(due_at) FROM partners_commitment WHERE partnership_id = %(partnership)s
              AND kind = 'first_slate' AND state = 'missed' AND over_at IS NULL) AS slate_due
"""  # noqa: S608
MISSED = """
    SELECT kind, count(*) FROM partners_commitment
    WHERE partnership_id = %(partnership)s AND state = 'missed' AND until_at > %(misses)s AND until_at <= %(now)s
    GROUP BY kind
"""
STEPS_HERE_AND_BEFORE = f"""
    SELECT kind, sum(number) FILTER (WHERE here), sum(number) FILTER (WHERE here AND moved),
           sum(number) FILTER (WHERE NOT here), sum(number) FILTER (WHERE NOT here AND moved)
    FROM (
        SELECT f.kind, v.requisition_id = %(role)s AS here, true AS moved, count(*) AS number
        FROM ats_activity v
        JOIN requisitions_stage f ON f.id = (v.data ->> 'from_stage_id')::bigint
        JOIN requisitions_stage t ON t.id = (v.data ->> 'to_stage_id')::bigint AND t.position > f.position
        WHERE v.organisation_id = %(organisation)s AND v.verb = 'application.moved' AND v.occurred_at > %(past)s
          AND f.kind = ANY(%(kinds)s) AND v.application_id NOT IN {KEPT_FROM_ANYBODY}
        GROUP BY 1, 2
        UNION ALL
        SELECT s.kind, a.requisition_id = %(role)s, false, count(*)
        FROM candidates_application a JOIN requisitions_stage s ON s.id = a.stage_id
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE r.organisation_id = %(organisation)s AND a.state IN ('rejected', 'withdrawn')
          AND a.decided_at > %(past)s AND s.kind = ANY(%(kinds)s) AND a.id NOT IN {KEPT_FROM_ANYBODY}
        GROUP BY 1, 2
    ) AS decided GROUP BY kind
"""  # noqa: S608
GROUNDS = f"""
    SELECT s.kind, d.label, count(*) FROM candidates_application a
    JOIN requisitions_stage s ON s.id = a.stage_id JOIN candidates_dispositionreason d ON d.id = a.reason_id
    WHERE a.requisition_id = %(role)s AND a.state IN ('rejected', 'withdrawn') AND a.id NOT IN {KEPT_FROM_ANYBODY}
    GROUP BY 1, 2 ORDER BY 3 DESC, 2
"""  # noqa: S608


def found(partnership: Partnership, *, now: datetime) -> list[Challenge]:
    """The challenges that the figures show; seven queries, whatever there is."""
    return list(challenges(facts(partnership, now=now)))


def facts(partnership: Partnership, *, now: datetime) -> Facts:
    role = partnership.requisition
    since = before(partnership, now)
    values = {
        "role": role.pk,
        "partnership": partnership.pk,
        "organisation": role.organisation_id,
        "since": since,
        "misses": now - MISSES,
        "past": now - PAST,
        "now": now,
        "kinds": list(STEPS),
    }
    counted, at = answers(COUNTED, values), place(partnership)
    weeks = max(1.0, (now - since).days / 7)
    waiting = status.standing(partnership, now=now).waiting
    return Facts(
        target=role.target_start,
        likely=likely_start(partnership, at, now=now),
        slate_due=_day(partnership, counted["slate_due"]),
        put_forward=counted["put_forward"],
        received=counted["received"],
        weekly=counted["lately"] / weeks,
        waiting_late={side: row.late for side, row in waiting.items()},
        misses=dict(listed(MISSED, values)),
        steps=_steps(values),
        must_haves=counted["must_haves"],
        furthest=at["furthest"] or "",
    )


def _day(partnership: Partnership, moment: datetime | None) -> date | None:
    zone = partnership.requisition.organisation.calendar.zone
    return moment.astimezone(zone).date() if moment else None


def _steps(values: dict[str, Any]) -> list[Step]:
    """Two queries."""
    grounds: dict[str, list[tuple[str, int]]] = {}
    for kind, label, number in listed(GROUNDS, values):
        grounds.setdefault(kind, []).append((label, number))
    rows = {kind: numbers for kind, *numbers in listed(STEPS_HERE_AND_BEFORE, values)}
    return [_step(kind, rows[kind], grounds.get(kind, [])) for kind in STEPS if kind in rows]


def _step(kind: str, numbers: list[Any], grounds: list[tuple[str, int]]) -> Step:
    here, here_on, past, past_on = (int(number or 0) for number in numbers)
    return Step(kind, here, here_on, past, past_on, tuple(grounds[:MOST_GROUNDS]))
