"""Who is over, and when the others will be: by the end of the last of their applications, and the rule of its place."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.kernel.rows import listed
from ats.organisation.models import HiringOrganisation
from candidates.erasure.domain.rules import Own, kept
from candidates.erasure.domain.rules_table import Outcome
from candidates.erasure.models import RetentionRule
from requisitions.models import Requisition

OVER = """
    WITH rule AS (
        SELECT * FROM unnest(%(organisations)s::bigint[], %(locations)s::bigint[], %(outcomes)s::text[],
                             %(months)s::int[], %(codes)s::text[])
            AS said(organisation, location, outcome, months, code)
    ), theirs AS (
        SELECT a.candidate_id, r.organisation_id,
               CASE WHEN a.state = 'active' THEN 'infinity'
                    ELSE a.decided_at + rule.months * interval '1 month' END AS until, rule.code
        FROM candidates_application a
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        JOIN rule ON rule.organisation = r.organisation_id AND rule.location = coalesce(r.location_id, 0)
            AND rule.outcome = CASE a.state WHEN 'active' THEN 'rejected' ELSE a.state END
    ), person AS (
        SELECT c.id, c.first_name, c.last_name, max(t.until) AS until,
               (array_agg(t.code ORDER BY t.until DESC))[1] AS code
        FROM candidates_candidate c JOIN theirs t ON t.candidate_id = c.id
        WHERE c.anonymised_at IS NULL
        GROUP BY c.id, c.first_name, c.last_name HAVING bool_or(t.organisation_id = %(organisation)s)
        UNION ALL
        SELECT c.id, c.first_name, c.last_name, c.created_at + %(none)s * interval '1 month', %(none_code)s
        FROM candidates_candidate c
        WHERE c.anonymised_at IS NULL AND c.merged_into_id IS NULL AND %(is_first)s
          AND NOT EXISTS (SELECT FROM candidates_application a WHERE a.candidate_id = c.id)
    ), whole AS (
        SELECT p.id, p.first_name, p.last_name, p.code,
               greatest(p.until, coalesce(c.pool_consent_until, p.until)) AS until
        FROM person p JOIN candidates_candidate c ON c.id = p.id
        WHERE p.until < 'infinity' AND NOT EXISTS (
            SELECT FROM candidates_erasure e WHERE e.candidate_id = p.id AND e.state <> 'cancelled')
    )
"""
HELD = """
    EXISTS (SELECT FROM candidates_legalhold h WHERE h.lifted_at IS NULL AND (h.candidate_id = whole.id
        OR h.requisition_id IN (SELECT requisition_id FROM candidates_application WHERE candidate_id = whole.id)))
"""
DUE = f"""{OVER}
    SELECT id, code FROM whole WHERE until <= %(now)s AND NOT {HELD} ORDER BY until, id LIMIT %(most)s
"""  # noqa: S608
NEXT = f"""{OVER}
    SELECT id, first_name, last_name, code, until, {HELD} AS held FROM whole ORDER BY until, id LIMIT %(most)s
"""  # noqa: S608
BY_MONTH = f"""{OVER}
    SELECT date_trunc('month', greatest(until, %(now)s)) AS month, count(*), count(*) FILTER (WHERE {HELD})
    FROM whole GROUP BY 1 ORDER BY 1 LIMIT %(most)s
"""  # noqa: S608


@dataclass(frozen=True)
class Over:
    candidate: int
    code: str


@dataclass(frozen=True)
class Next:
    """Who goes when, by which rule; `held`: not while somebody holds them."""

    candidate: int
    name: str
    code: str
    until: datetime
    held: bool


@dataclass(frozen=True)
class Month:
    first: datetime
    people: int
    held: int


def due(organisation_id: int, *, now: datetime, most: int) -> list[Over]:
    """Whose time is over and whom nobody holds, the longest over first."""
    return [Over(*row) for row in listed(DUE, _values(organisation_id, now=now, most=most))]


def ahead(organisation_id: int, *, now: datetime, most: int) -> list[Next]:
    """Who goes next, whether it is switched on or not."""
    rows = listed(NEXT, _values(organisation_id, now=now, most=most))
    return [
        Next(pk, f"{first} {last}".strip(), code, until, held) for pk, first, last, code, until, held in rows
    ]


def by_month(organisation_id: int, *, now: datetime, most: int = 24) -> list[Month]:
    """How many go in which month; who is over already counts in this one."""
    return [Month(*row) for row in listed(BY_MONTH, _values(organisation_id, now=now, most=most))]


def own_months(organisation_id: int) -> Own:
    return _own_of_all()[organisation_id]


def _own_of_all() -> Mapping[int, Own]:
    """Every organisation's own numbers, in one query."""
    found: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in RetentionRule.objects.all():
        found[row.organisation_id][row.place, row.outcome] = row.months
    return found


def _values(organisation_id: int, *, now: datetime, most: int) -> dict[str, Any]:
    """All organisations' rules: somebody may have applied to several, and the longest counts."""
    organisations = {row.pk: row for row in HiringOrganisation.objects.order_by("pk")}
    own = _own_of_all()
    roles = Requisition.objects.select_related("location").order_by("organisation_id", "location_id")
    spots = {
        (row.organisation_id, row.location_id or 0): row.jurisdiction
        for row in roles.distinct("organisation_id", "location_id").only(
            "organisation_id", "location__country", "location__region"
        )
    }
    rows = [
        (organisation, location, outcome.value, said.months, said.code)
        for (organisation, location), place in spots.items()
        for outcome in (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.HIRED)
        for said in [
            kept(place, outcome, employees=organisations[organisation].employees, own=own[organisation])
        ]
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    names = ("organisations", "locations", "outcomes", "months", "codes")
    none = kept("", Outcome.NONE, employees={}, own=own[organisation_id])
    return dict(zip(names, columns, strict=True)) | {
        "organisation": organisation_id,
        # Who never applied is nobody's: they are looked after with the first.
        "is_first": organisation_id == min(organisations, default=0),
        "none": none.months,
        "none_code": none.code,
        "now": now,
        "most": most,
    }
