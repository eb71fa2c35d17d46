"""How often goals are at odds, between whom, how it was settled and what it cost: all roles on one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ats.activity.models import Activity
from ats.kernel.languages import listed as in_a_row
from ats.kernel.rows import listed
from candidates.models import KEPT_FROM_ANYBODY
from partners.alignment.domain.contradictions import RULES, Rule
from partners.alignment.models import Contradiction, Signer, SigningFunction

PERIOD = timedelta(days=365)
FEWEST_ROLES = 3
"""Of fewer roles no median is told."""
MOST_OPEN = 8
PAY = "withdrew-pay"
"""The reason that says somebody withdrew because of the pay (`candidates/applications/seeds.py`)."""

COUNTS = """
    SELECT rule, count(*), count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE state = 'resolved'),
           count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'gone'),
           count(*) FILTER (WHERE state = 'open' AND due_at < %(now)s),
           percentile_cont(.5) WITHIN GROUP (ORDER BY extract(epoch FROM coalesce(settled_at, %(now)s) - raised_at))
    FROM partners_contradiction WHERE raised_at >= %(since)s GROUP BY rule
"""
# What a role cost, beside whether it had a contradiction of a rule; '' stands for roles without any.
COSTS = f"""
    WITH had AS (SELECT DISTINCT partnership_id, rule FROM partners_contradiction WHERE raised_at >= %(since)s),
    role AS (
        SELECT p.id, extract(epoch FROM coalesce(r.ended_at, %(now)s) - r.opened_at) AS seconds,
               (SELECT count(*) FROM candidates_application a JOIN candidates_dispositionreason d ON d.id = a.reason_id
                WHERE a.requisition_id = r.id AND d.code = %(pay)s
                  AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS declines
        FROM partners_partnership p JOIN requisitions_requisition r ON r.id = p.requisition_id
        WHERE r.opened_at IS NOT NULL AND (r.ended_at IS NULL OR r.ended_at >= %(since)s))
    SELECT h.rule, count(*), sum(declines)::int, percentile_cont(.5) WITHIN GROUP (ORDER BY seconds)
    FROM role JOIN had h ON h.partnership_id = role.id GROUP BY h.rule
    UNION ALL
    SELECT '', count(*), coalesce(sum(declines), 0)::int, percentile_cont(.5) WITHIN GROUP (ORDER BY seconds)
    FROM role WHERE id NOT IN (SELECT partnership_id FROM had)
"""  # noqa: S608
SIGNED = """
    SELECT function, count(*), count(*) FILTER (WHERE state = 'yes'), count(*) FILTER (WHERE state = 'concern'),
           count(*) FILTER (WHERE state = 'no'), count(*) FILTER (WHERE state = 'open'),
           count(*) FILTER (WHERE state = 'open' AND due_at < %(now)s)
    FROM partners_signature
    WHERE asked_at >= %(since)s AND state <> 'void' AND carried_from_id IS NULL GROUP BY function
"""


@dataclass(frozen=True)
class OfRule:
    """One kind of contradiction over all roles: how often, how it was settled, and what its roles cost."""

    rule: Rule
    raised: int
    open: int
    resolved: int
    accepted: int
    gone: int
    late: int
    days: int
    """Days until it was settled, the median."""
    roles: int
    declines: int
    days_open: int | None
    """Days that its roles were or are open, the median; None of too few roles."""


@dataclass(frozen=True)
class Without:
    """The roles without any contradiction, to compare with."""

    roles: int
    declines: int
    days_open: int | None


@dataclass(frozen=True)
class OfFunction:
    """How a function signed."""

    label: str
    asked: int
    yes: int
    concern: int
    no: int
    open: int
    late: int


@dataclass(frozen=True)
class Overview:
    rules: list[OfRule]
    without: Without
    pairs: list[tuple[str, int]]
    functions: list[OfFunction]
    open: list[Contradiction]
    more: int
    published_before: int
    gone: list[Signer]
    """Who is named to sign and has no access any more."""
    since: datetime

    @property
    def raised(self) -> int:
        return sum(each.raised for each in self.rules)

    @property
    def is_open(self) -> int:
        return sum(each.open for each in self.rules)

    @property
    def settled(self) -> int:
        return self.raised - self.is_open


def overview(*, now: datetime) -> Overview:
    """Six queries, whatever there is."""
    since = now - PERIOD
    values = {"now": now, "since": since, "pay": PAY}
    costs = {rule: row for rule, *row in listed(COSTS, values)}
    rules = [_of_rule(row, costs) for row in listed(COUNTS, values) if row[0] in RULES]
    rules.sort(key=lambda each: (-each.raised, each.rule.title))
    waiting = Contradiction.objects.open().select_related("partnership__requisition", "decider")
    waiting = waiting.order_by("due_at", "pk")
    still = list(waiting[: MOST_OPEN + 1])
    for row in still:
        row.title = RULES[row.rule].title  # type: ignore[attr-defined]
        row.is_late = row.due_at < now  # type: ignore[attr-defined]
    before = Activity.objects.filter(verb="post.published_before_brief", occurred_at__gte=since)
    named = Signer.objects.filter(person__is_active=False, organisation__is_active=True)
    return Overview(
        rules=rules,
        without=Without(*_cost(costs.get("", []))),
        pairs=_pairs(rules),
        functions=_functions(listed(SIGNED, values)),
        open=still[:MOST_OPEN],
        more=max(0, sum(each.open for each in rules) - MOST_OPEN),
        published_before=before.count(),
        gone=list(named.select_related("person", "organisation").order_by("pk")),
        since=since,
    )


def _of_rule(row: tuple, costs: dict[str, list]) -> OfRule:
    code, raised, open_, resolved, accepted, gone, late, seconds = row
    days = _days(seconds) or 0
    cost = _cost(costs.get(code, []))
    return OfRule(RULES[code], raised, open_, resolved, accepted, gone, late, days, *cost)


def _cost(row: list) -> tuple[int, int, int | None]:
    if not row:
        return 0, 0, None
    roles, declines, seconds = row
    return roles, declines, _days(seconds) if roles >= FEWEST_ROLES else None


def _days(seconds: float | None) -> int | None:
    return None if seconds is None else round(float(seconds) / 86400)


def _pairs(rules: Iterable[OfRule]) -> list[tuple[str, int]]:
    """Between whom goals are at odds, most often first."""
    found: dict[str, int] = {}
    for each in rules:
        sides = in_a_row(sorted(str(side.label) for side in each.rule.between))
        found[sides] = found.get(sides, 0) + each.raised
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _functions(rows: Iterable[tuple]) -> list[OfFunction]:
    known = {row[0]: row[1:] for row in rows}
    return [
        OfFunction(str(each.label), *known[each.value]) for each in SigningFunction if each.value in known
    ]
