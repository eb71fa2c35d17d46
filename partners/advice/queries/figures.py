"""The figures of each rule: one query for each, for some roles or for all that are looked for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from candidates.models import KEPT_FROM_ANYBODY

FOUR_WEEKS, YEAR, TWO_YEARS = timedelta(days=28), timedelta(days=365), timedelta(days=730)

ROLES = """
    roles AS (SELECT p.id, r.id AS role, r.organisation_id, r.title, r.pay_max, r.pay_currency, r.pay_period
              FROM partners_partnership p JOIN requisitions_requisition r ON r.id = p.requisition_id
              WHERE p.state = 'active' AND r.state = 'open'
                AND (%(partnerships)s::bigint[] IS NULL OR p.id = ANY(%(partnerships)s)))
"""

PAY = f"""
    WITH {ROLES},
    accepted AS (
        SELECT r.organisation_id, lower(r.title) AS title, t.pay_currency, t.pay_period, count(*) AS sample,
               percentile_cont(.5) WITHIN GROUP (ORDER BY t.pay)::numeric AS needed
        FROM candidates_offer o JOIN candidates_offerterms t ON t.offer_id = o.id AND t.number = o.number
        JOIN candidates_application a ON a.id = o.application_id
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE o.state = 'accepted' AND o.sent_at > %(year)s AND a.id NOT IN {KEPT_FROM_ANYBODY}
        GROUP BY 1, 2, 3, 4)
    SELECT roles.id, '' AS key, sample, needed, pay_max AS top, roles.pay_currency AS currency,
           round((needed - pay_max) / pay_max * 100, 1) AS short
    FROM roles JOIN accepted ON accepted.organisation_id = roles.organisation_id
         AND accepted.title = lower(roles.title) AND accepted.pay_currency = roles.pay_currency
         AND accepted.pay_period = roles.pay_period
    WHERE pay_max > 0
"""  # noqa: S608

ROUNDS = f"""
    WITH {ROLES},
    hires AS (
        SELECT r.organisation_id, (SELECT count(*) FROM candidates_interview i
                                   WHERE i.application_id = a.id AND i.state = 'held') AS rounds
        FROM candidates_application a JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE a.state = 'hired' AND a.decided_at > %(year)s AND a.id NOT IN {KEPT_FROM_ANYBODY}),
    usual AS (SELECT organisation_id, count(*) AS sample, percentile_cont(.5) WITHIN GROUP (ORDER BY rounds) AS usual
              FROM hires WHERE rounds > 0 GROUP BY 1),
    planned AS (SELECT requisition_id, count(*) AS planned FROM requisitions_plannedinterview
                WHERE NOT retired GROUP BY 1)
    SELECT roles.id, '' AS key, sample, usual, planned
    FROM roles JOIN usual USING (organisation_id) JOIN planned ON planned.requisition_id = roles.role
"""  # noqa: S608

MUSTS = f"""
    WITH {ROLES},
    views AS (
        SELECT DISTINCT ON (v.application_id) roles.id, v.application_id, v.criteria
        FROM roles JOIN candidates_application a ON a.requisition_id = roles.role AND a.id NOT IN {KEPT_FROM_ANYBODY}
        JOIN candidates_review v ON v.application_id = a.id AND v.state = 'answered'
        WHERE v.criteria <> '{{}}' ORDER BY v.application_id, v.settled_at DESC),
    marks AS (SELECT views.id, views.application_id, mark.value ->> 'name' AS name, mark.value ->> 'met' = 'yes' AS met
              FROM views CROSS JOIN jsonb_each(views.criteria) AS mark),
    people AS (SELECT id, application_id, bool_and(met) AS every_one, count(*) AS musts FROM marks GROUP BY 1, 2),
    rarest AS (SELECT DISTINCT ON (id) id, name FROM (
                   SELECT id, name, avg(met::int) AS share FROM marks GROUP BY 1, 2) AS each
               ORDER BY id, share, name)
    SELECT people.id, '' AS key, count(*) AS sample, count(*) FILTER (WHERE every_one) AS together,
           max(musts) AS musts, min(rarest.name) AS rarest,
           round(count(*) FILTER (WHERE every_one) * 100.0 / count(*), 1) AS share
    FROM people JOIN rarest USING (id) GROUP BY people.id
"""  # noqa: S608

FEEDBACK = f"""
    WITH {ROLES},
    people AS (
        SELECT roles.id, a.id AS application, a.state = 'withdrawn' AS lost,
               max(coalesce(v.settled_at, %(now)s) - v.requested_at) > %(slow)s AS slow
        FROM roles JOIN candidates_application a ON a.requisition_id = roles.role AND a.id NOT IN {KEPT_FROM_ANYBODY}
        JOIN candidates_review v ON v.application_id = a.id
        WHERE v.requested_at > %(year)s
          AND (v.state = 'answered' OR coalesce(v.settled_at, %(now)s) - v.requested_at > %(slow)s)
        GROUP BY 1, 2, 3)
    SELECT id, '' AS key, count(*) FILTER (WHERE slow) AS sample, count(*) FILTER (WHERE NOT slow) AS quick,
           count(*) FILTER (WHERE slow AND lost) AS slow_lost, count(*) FILTER (WHERE NOT slow AND lost) AS quick_lost,
           round(count(*) FILTER (WHERE slow) * 100.0 / count(*), 1) AS slow_share
    FROM people GROUP BY id
"""  # noqa: S608

# Whoever stands in a stage, or ended in it, came through those before it.
STAGES = f"""
    WITH {ROLES},
    counts AS (
        SELECT s.requisition_id, s.kind, s.position, count(a.id) AS here,
               count(*) FILTER (WHERE a.state = 'active') AS still,
               count(*) FILTER (WHERE a.state IN ('rejected', 'withdrawn')) AS ended
        FROM requisitions_stage s
        LEFT JOIN candidates_application a ON a.stage_id = s.id AND a.applied_at > %(two_years)s
             AND a.id NOT IN {KEPT_FROM_ANYBODY}
        GROUP BY s.id),
    reached AS (SELECT requisition_id, kind, ended, sum(here) OVER later - still AS reached
                FROM counts WINDOW later AS (PARTITION BY requisition_id ORDER BY position DESC)),
    by_kind AS (SELECT r.organisation_id, c.requisition_id, c.kind, sum(ended) AS ended, sum(reached) AS reached
                FROM reached c JOIN requisitions_requisition r ON r.id = c.requisition_id
                WHERE c.kind NOT IN ('applied', 'hired') GROUP BY 1, 2, 3),
    whole AS (SELECT organisation_id, kind, sum(ended) AS ended, sum(reached) AS reached FROM by_kind GROUP BY 1, 2)
    SELECT roles.id, b.kind AS key, b.reached::int AS sample, (w.reached - b.reached)::int AS elsewhere_sample,
           round(b.ended * 100.0 / b.reached, 1) AS share,
           round((w.ended - b.ended) * 100.0 / (w.reached - b.reached), 1) AS elsewhere,
           round(b.ended * 100.0 / b.reached - (w.ended - b.ended) * 100.0 / (w.reached - b.reached), 1) AS weight
    FROM roles JOIN by_kind b ON b.requisition_id = roles.role
    JOIN whole w ON w.organisation_id = b.organisation_id AND w.kind = b.kind
    WHERE b.reached > 0 AND w.reached > b.reached
"""  # noqa: S608

SOURCES = f"""
    WITH {ROLES},
    people AS (
        SELECT roles.id, a.source_id, EXISTS (
            SELECT FROM candidates_interview i WHERE i.application_id = a.id AND i.state <> 'cancelled') AS met
        FROM roles JOIN candidates_application a ON a.requisition_id = roles.role AND a.id NOT IN {KEPT_FROM_ANYBODY}),
    by_source AS (SELECT id, source_id, count(*) AS people, count(*) FILTER (WHERE met) AS met
                  FROM people GROUP BY 1, 2),
    whole AS (SELECT id, sum(people) AS people, sum(met) AS met FROM by_source GROUP BY 1)
    SELECT b.id, b.source_id::text AS key, s.name AS source, b.people AS sample, b.met,
           (w.people - b.people)::int AS others, round(b.met * 100.0 / b.people, 1) AS share,
           round((w.met - b.met) * 100.0 / (w.people - b.people), 1) AS others_share,
           round(b.met * 100.0 / b.people - (w.met - b.met) * 100.0 / (w.people - b.people), 1) AS weight
    FROM by_source b JOIN whole w USING (id) JOIN candidates_source s ON s.id = b.source_id
    WHERE w.people > b.people
"""  # noqa: S608

DRY = f"""
    WITH {ROLES},
    moved AS (
        SELECT roles.id, count(*) FILTER (WHERE a.state = 'active') AS in_play,
               count(*) FILTER (WHERE a.applied_at > %(weeks)s) AS came,
               count(*) FILTER (WHERE a.state IN ('rejected', 'withdrawn') AND a.decided_at > %(weeks)s) AS sample
        FROM roles JOIN candidates_application a ON a.requisition_id = roles.role AND a.id NOT IN {KEPT_FROM_ANYBODY}
        WHERE EXISTS (SELECT FROM requisitions_opening o WHERE o.requisition_id = roles.role AND o.state = 'open')
        GROUP BY 1)
    SELECT id, '' AS key, sample, came, in_play, %(now)s::date AS today,
           CASE WHEN sample > came THEN round(in_play * 28.0 / (sample - came), 1) END AS days
    FROM moved
"""  # noqa: S608

LOAD = f"""
    WITH {ROLES},
    seats AS (
        SELECT s.user_id, r.organisation_id, r.id AS role
        FROM candidates_interviewseat s JOIN candidates_interview i ON i.id = s.interview_id
        JOIN candidates_application a ON a.id = i.application_id AND a.id NOT IN {KEPT_FROM_ANYBODY}
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE NOT s.released AND s.kind = 'interviewer' AND i.state <> 'cancelled' AND i.starts_at > %(weeks)s
          AND i.starts_at <= %(now)s),
    loads AS (SELECT user_id, organisation_id, count(*) AS count FROM seats GROUP BY 1, 2),
    middle AS (SELECT organisation_id, count(*) AS sample, percentile_cont(.5) WITHIN GROUP (ORDER BY count) AS middle
               FROM loads GROUP BY 1)
    SELECT roles.id, l.user_id::text AS key, l.user_id AS person, m.sample, m.middle, l.count
    FROM roles JOIN (SELECT DISTINCT user_id, role FROM seats) AS own ON own.role = roles.role
    JOIN loads l ON l.user_id = own.user_id AND l.organisation_id = roles.organisation_id
    JOIN middle m ON m.organisation_id = roles.organisation_id
"""  # noqa: S608

STATEMENTS = {
    "runs_dry": DRY,
    "pay_below": PAY,
    "feedback_lost": FEEDBACK,
    "stage_leaks": STAGES,
    "musts_together": MUSTS,
    "rounds": ROUNDS,
    "interview_load": LOAD,
    "source_works": SOURCES,
}
"""By the code of the rule whose figures they bring."""


def figures(
    rule: str, *, now: datetime, slow: timedelta, partnerships: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """What this rule looks at, of each role that is looked for; one query."""
    values: dict[str, Any] = {
        "partnerships": None if partnerships is None else list(partnerships),
        "now": now,
        "slow": slow,
        "weeks": now - FOUR_WEEKS,
        "year": now - YEAR,
        "two_years": now - TWO_YEARS,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[rule], values)
        names = [column.name for column in cursor.description]
        return [_plain(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
