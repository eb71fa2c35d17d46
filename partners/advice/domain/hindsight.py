"""Whether advice was right, by its figure then and now: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from partners.advice.domain.rules import RULES
from partners.advice.models import Advice, AdviceState

TOLD_AFTER = timedelta(days=28)
"""So long after partners did something about it nothing can be said: people take their time."""


@dataclass(frozen=True)
class Hindsight:
    """`is_told` is false while it cannot be told; `said` says it with both figures."""

    is_told: bool
    said: str


def hindsight(row: Advice, *, now: datetime) -> Hindsight | None:
    """What the figures say of a piece that was taken up or answered; None of any other."""
    if row.state not in (AdviceState.TAKEN_UP, AdviceState.ANSWERED) or row.settled_at is None:
        return None
    rule = RULES.get(row.rule)
    better = rule.improved(row.found, row.figures) if rule else None
    if rule is None or better is None or row.looked_at < row.settled_at + TOLD_AFTER:
        return Hindsight(False, gettext("Whether it was right cannot be told yet."))
    figures = kept(f"{rule.value(row.found)} then, {rule.value(row.figures)} now")
    if row.state == AdviceState.TAKEN_UP:
        return Hindsight(True, kept(f"{'It helped' if better else 'It has not helped'}: {figures}."))
    return Hindsight(True, kept(f"{'It went well without' if better else 'It was right'}: {figures}."))
