"""What became of an organisation's candidates in two years: read once a day for each organisation, and kept."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from redis.exceptions import RedisError

from ats.kernel.rows import listed
from candidates.models import KEPT_FROM_ANYBODY
from partners.dashboard.domain.forecast import DECILES, KINDS, Passage
from partners.dashboard.domain.passages import reached

YEARS_BACK = timedelta(days=730)
KEPT_SECONDS = 24 * 3600
MOST_HIRES = 400
"""So many hires, the newest, give the times: enough for deciles, and few to look through."""

ENDED = f"""
    SELECT s.kind, count(*)
    FROM candidates_application a
    JOIN requisitions_stage s ON s.id = a.stage_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    WHERE r.organisation_id = %(organisation)s AND a.state <> 'active' AND a.decided_at BETWEEN %(since)s AND %(now)s
      AND a.id NOT IN {KEPT_FROM_ANYBODY}
    GROUP BY s.kind
"""  # noqa: S608
# When each of those hired had come to a kind of stage, or to one after it.
TIMES = f"""
    WITH kinds AS (SELECT * FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS k(kind, place)),
    hired AS (
        SELECT a.id, a.applied_at, a.decided_at FROM candidates_application a
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE r.organisation_id = %(organisation)s AND a.state = 'hired'
          AND a.decided_at BETWEEN %(since)s AND %(now)s AND a.id NOT IN {KEPT_FROM_ANYBODY}
        ORDER BY a.decided_at DESC, a.id LIMIT %(most)s),
    came AS (
        SELECT id, decided_at, 1 AS place, applied_at AS at FROM hired
        UNION ALL
        SELECT h.id, h.decided_at, k.place, v.occurred_at FROM hired h
        JOIN ats_activity v ON v.application_id = h.id AND v.verb = 'application.moved'
        JOIN kinds k ON k.kind = v.data ->> 'to_kind'
        WHERE v.occurred_at <= h.decided_at),
    firsts AS (
        SELECT k.kind, c.id, extract(epoch FROM c.decided_at - min(c.at)) / 86400 AS days
        FROM kinds k JOIN came c ON c.place >= k.place
        GROUP BY k.kind, c.id, c.decided_at)
    SELECT kind, percentile_cont(%(deciles)s::float8[]) WITHIN GROUP (ORDER BY days) FROM firsts GROUP BY kind
"""  # noqa: S608


@dataclass(frozen=True)
class Past:
    """How many ended in each kind of stage, and what that says of those who come to one."""

    counts: dict[str, int]
    passages: dict[str, Passage]


def past_of(organisation_id: int, *, now: datetime) -> Past:
    """Two queries once a day, else none; without the cache's server two each time."""
    key = f"partners:past:{organisation_id}:{now:%Y-%m-%d}"
    with suppress(RedisError):
        if (kept := cache.get(key)) is not None:
            return kept
    found = read(organisation_id, now=now)
    with suppress(RedisError):
        cache.set(key, found, KEPT_SECONDS)
    return found


def read(organisation_id: int, *, now: datetime) -> Past:
    values = {
        "organisation": organisation_id,
        "since": now - YEARS_BACK,
        "now": now,
        "kinds": list(KINDS),
        "deciles": list(DECILES),
        "most": MOST_HIRES,
    }
    counts = dict(listed(ENDED, values))
    days = dict(listed(TIMES, values))
    hired = reached(counts, KINDS[-1])
    passages = {
        kind: Passage(reached(counts, kind), hired, tuple(map(float, days.get(kind) or ())))
        for kind in KINDS[:-1]
    }
    return Past(counts, passages)
