"""The figures that contradictions are found in: one query for each rule, for any number of roles at once."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from candidates.models import KEPT_FROM_ANYBODY
from partners.alignment.domain.contradictions import RULES, Finding
from requisitions.posts.domain.richtext import plain

YEARS_BACK = timedelta(days=730)

ROLES = """
    FROM partners_partnership p JOIN requisitions_requisition r ON r.id = p.requisition_id
"""
THESE = "WHERE p.id = ANY(%(partnerships)s) AND p.state = 'active'"
SETTLED = """
    JOIN LATERAL (SELECT number, content FROM partners_briefversion WHERE partnership_id = p.id
                  ORDER BY number DESC LIMIT 1) AS v ON true
"""
# What compensation has signed where it signs; else what both partners have settled.
APPROVED = """
    JOIN LATERAL (SELECT number, content FROM partners_briefversion b
                  LEFT JOIN partners_signature s ON s.version_id = b.id AND s.function = 'compensation'
                  WHERE b.partnership_id = p.id AND (s.id IS NULL OR s.state IN ('yes', 'concern'))
                  ORDER BY number DESC LIMIT 1) AS v ON true
"""
PUBLISHED = "EXISTS (SELECT FROM requisitions_jobpost WHERE requisition_id = r.id AND state = 'published')"


def _names(kind: str, what: str = "name") -> str:
    return (
        f"ARRAY(SELECT {what} FROM requisitions_criterion "  # noqa: S608
        f"WHERE requisition_id = r.id AND kind = '{kind}' ORDER BY position, id)"
    )


BAR = f"SELECT p.id, b.talent_bar, b.pay_percentile, b.pay_source, b.pay_as_of {ROLES} "
BAR += f"JOIN partners_brief b ON b.partnership_id = p.id {THESE} AND b.talent_bar <> ''"

UNASSESSED = f"""
    SELECT p.id, array_agg(c.name ORDER BY c.position, c.id) AS unassessed {ROLES}
    JOIN requisitions_criterion c ON c.requisition_id = r.id AND c.kind = 'must'
    LEFT JOIN partners_musthave m ON m.criterion_id = c.id
    LEFT JOIN requisitions_question q ON q.id = m.question_id
    {THESE} AND (coalesce(m.way, '') = '' OR m.way = 'question' AND q.removed_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM requisitions_plannedinterview_criteria k
                      JOIN requisitions_plannedinterview i ON i.id = k.plannedinterview_id
                      WHERE k.criterion_id = c.id AND NOT i.retired)
    GROUP BY p.id
"""  # noqa: S608

OUTCOMES = f"""
    SELECT p.id, r.outcomes, b.outcomes_12_months,
           {
    _names(
        "must",
        "concat_ws(' ', name, why, (SELECT how FROM partners_musthave WHERE criterion_id = "
        "requisitions_criterion.id))",
    )
} AS musts,
           ARRAY(SELECT s.outcome FROM partners_servedoutcome s JOIN requisitions_criterion c ON c.id = s.criterion_id
                 WHERE s.partnership_id = p.id AND c.kind = 'must') AS served
    {ROLES} JOIN partners_brief b ON b.partnership_id = p.id {THESE}
"""  # noqa: S608

ADVERT = f"""
    SELECT p.id, v.number, v.content, r.outcomes, r.hard_part,
           {_names("must")} AS must_haves, {_names("nice")} AS nice_to_haves
    {ROLES} {SETTLED} {THESE} AND {PUBLISHED}
"""

PAY = f"""
    SELECT p.id, v.number, v.content -> 'pay' AS pay, r.pay_min, r.pay_max, r.pay_currency, r.pay_period,
           (SELECT string_agg(concat_ws(' ', title, body), ' ' ORDER BY id) FROM requisitions_jobpost
            WHERE requisition_id = r.id AND state = 'published') AS text
    {ROLES} {APPROVED} {THESE} AND {PUBLISHED}
"""  # noqa: S608

ROUNDS = f"""
    SELECT p.id, v.number, jsonb_array_length(v.content -> 'interview_plan') AS agreed,
           (SELECT count(*) FROM requisitions_plannedinterview
            WHERE requisition_id = r.id AND NOT retired) AS planned
    {ROLES} {SETTLED} {THESE}
"""  # noqa: S608

START = f"""
    SELECT p.id, r.target_start, r.opened_at::date AS opened_on, %(now)s::date AS today, m.*
    {ROLES}
    JOIN LATERAL (
        SELECT count(*) AS hires,
               percentile_cont(.5) WITHIN GROUP (ORDER BY h.starts_on - o.opened_at::date) AS days_whole,
               percentile_cont(.5) WITHIN GROUP (ORDER BY h.starts_on - a.decided_at::date) AS days_notice
        FROM candidates_hirerecord h JOIN candidates_application a ON a.id = h.application_id
        JOIN requisitions_requisition o ON o.id = a.requisition_id AND o.opened_at IS NOT NULL
        WHERE o.organisation_id = r.organisation_id AND h.state IN ('expected', 'started')
          AND h.starts_on IS NOT NULL AND a.decided_at BETWEEN %(since)s AND %(now)s
          AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS m ON true
    {THESE} AND r.target_start IS NOT NULL AND r.opened_at IS NOT NULL
      AND EXISTS (SELECT FROM requisitions_opening WHERE requisition_id = r.id AND state = 'open')
"""  # noqa: S608

STATEMENTS = {
    "bar_above_pay": BAR,
    "must_unassessed": UNASSESSED,
    "outcome_unserved": OUTCOMES,
    "advert_differs": ADVERT,
    "advertised_pay": PAY,
    "more_rounds": ROUNDS,
    "start_too_soon": START,
}
"""By the code of the rule whose figures they bring."""


READ: dict[str, Callable[[str], Any]] = {"content": json.loads, "pay": json.loads, "text": plain}
"""What the database hands out as text."""


def find(partnerships: Collection[int], *, now: datetime) -> dict[int, dict[str, Finding]]:
    """What contradicts itself in these roles, by partnership and rule; one query for each rule."""
    values = {"partnerships": list(partnerships), "now": now, "since": now - YEARS_BACK}
    found: dict[int, dict[str, Finding]] = defaultdict(dict)
    for code, rule in RULES.items():
        for row in _rows(STATEMENTS[code], values):
            if finding := rule.judge(row):
                found[row["id"]][code] = finding
    return found


def outcomes_of(partnership_id: int) -> dict[str, Any]:
    """What the outcomes of one role rest on, as their rule reads it; one query."""
    found = _rows(OUTCOMES, {"partnerships": [partnership_id]})
    return found[0] if found else {"outcomes": "", "outcomes_12_months": "", "musts": [], "served": []}


def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row.update({name: READ[name](row[name]) for name in READ.keys() & row.keys()})
    return rows
