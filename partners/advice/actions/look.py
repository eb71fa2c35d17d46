"""Looking at one rule over all roles: what it says is found or told anew, and what it says no longer is over."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ats.duework import engine
from ats.kernel.moments import next_at
from partners.advice.domain.rules import RULES, SLOW_DAYS, Rule
from partners.advice.models import Advice, AdviceRun, AdviceRunQuerySet
from partners.advice.queries.figures import figures

AT = time(4)
"""In the night of the server, each rule once."""
BESIDE = frozenset({"id", "key", "person"})
Piece = tuple[int, str]
"""A partnership and the key of a piece."""


def look_due(now: datetime) -> int:
    """The lane: the rules whose time has come; how many."""
    there = set(known().values_list("rule", flat=True))
    new = [AdviceRun(rule=code, due_at=next_at(now, AT)) for code in RULES if code not in there]
    AdviceRun.objects.bulk_create(new, ignore_conflicts=True)
    return engine.under_lock(ready(now).order_by("due_at", "pk"), _run, now=now)


def ready(now: datetime) -> QuerySet[AdviceRun]:
    return known().ready(now)


def known() -> AdviceRunQuerySet:
    """The rules of today, as far as a night has been planned for them."""
    return AdviceRun.objects.filter(rule__in=RULES)


def _run(run: AdviceRun, now: datetime) -> None:
    look(rule=run.rule, now=now)
    run.due_at, run.attempts, run.retry_at, run.last_error = next_at(now, AT), 0, None, ""
    run.save(update_fields=["due_at", "attempts", "retry_at", "last_error"])


@transaction.atomic
def look(*, rule: str, now: datetime) -> int:
    """One rule over all roles that are looked for; how many pieces stand. Four statements, whatever there is."""
    its = RULES[rule]
    seen = {(row["id"], row["key"]): row for row in figures(rule, now=now, slow=timedelta(days=SLOW_DAYS))}
    found = _found(its, seen)
    there = Advice.objects.filter(rule=rule, over_at__isnull=True).order_by("pk")
    rows = list(there.select_for_update(of=("self",), no_key=True))
    for row in rows:
        _tell_anew(row, (row.partnership_id, row.key), seen, found, now=now)
    changed = ["said", "figures", "looked_at", "over_at", "updated_at"]
    Advice.objects.bulk_update(rows, changed, batch_size=1000)
    told = {(row.partnership_id, row.key) for row in rows}
    Advice.objects.bulk_create(
        [_new(rule, seen[piece], said, now) for piece, said in found.items() if piece not in told],
        batch_size=1000,
    )
    return len(found)


def _found(rule: Rule, seen: dict[Piece, dict[str, Any]]) -> dict[Piece, str]:
    """What the rule says, by piece; of a rule that names the worst alone, that one of each role."""
    said = {piece: words for piece, row in seen.items() if (words := rule.judge(row))}
    if not rule.only_worst:
        return said
    worst: dict[int, Piece] = {}
    for piece in sorted(said, key=lambda piece: (-seen[piece]["weight"], piece[1])):
        worst.setdefault(piece[0], piece)
    return {piece: said[piece] for piece in worst.values()}


def _tell_anew(
    row: Advice, piece: Piece, seen: dict[Piece, dict[str, Any]], found: dict[Piece, str], *, now: datetime
) -> None:
    row.looked_at = row.updated_at = now
    if piece in seen:
        row.figures = _kept(seen[piece])
    if piece in found:
        row.said = found[piece]
    else:
        row.over_at = now


def _new(rule: str, row: dict[str, Any], said: str, now: datetime) -> Advice:
    kept = _kept(row)
    return Advice(
        partnership_id=row["id"],
        rule=rule,
        key=row["key"],
        person_id=row.get("person"),
        said=said,
        found=kept,
        figures=kept,
        found_at=now,
        looked_at=now,
    )


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """The figures as they are kept: without what stands in columns of its own, days as text."""
    figures_of: Iterable[tuple[str, Any]] = ((name, row[name]) for name in row if name not in BESIDE)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in figures_of}
