"""Checking a text by the rules that are in force."""

import time

from requisitions.wording import seeds
from requisitions.wording.domain.checker import Checker, Finding, Rule
from requisitions.wording.models import Severity, WordingRule

SECONDS_KNOWN = 60.0
_known: tuple[float, Checker] | None = None


def check(text: str, *, use: str, jurisdiction: str = "") -> list[Finding]:
    """What does not belong in a text of this use, by the rules in force at `jurisdiction` (such as US-CA).

    Without a jurisdiction, by those that hold everywhere. A process knows the rules for a minute.
    """
    return _checker().find(text, use=use, jurisdiction=jurisdiction)


def rule_in_force(code: str) -> Rule | None:
    """The rule that a finding names, as `check` knew it."""
    return _checker().rule(code)


def unlawful_at(jurisdiction: str, *, use: str) -> list[Rule]:
    """What is unlawful there in texts of this use, rule by rule; without a jurisdiction, what is so everywhere."""
    return [rule for rule in _checker().rules_of(use, jurisdiction) if rule.severity == Severity.UNLAWFUL]


def forget() -> None:
    """Read the rules anew at the next check: they were changed here."""
    global _known  # noqa: PLW0603 (one per process, on purpose)
    _known = None


def _checker() -> Checker:
    global _known  # noqa: PLW0603
    now = time.monotonic()
    if _known is None or now - _known[0] > SECONDS_KNOWN:
        _known = (now, Checker(in_force()))
    return _known[1]


def in_force() -> list[Rule]:
    """The rules that are not switched off; where none is left, the shipped ones come back."""
    rows = list(WordingRule.objects.order_by("id"))
    if not rows:
        seeds.write()
        rows = list(WordingRule.objects.order_by("id"))
    return [as_rule(row) for row in rows if row.is_active]


def as_rule(row: WordingRule) -> Rule:
    return Rule(
        code=row.code,
        topic=row.topic,
        severity=row.severity,
        uses=frozenset(row.uses),
        jurisdictions=frozenset(row.jurisdictions),
        phrases=tuple(row.phrases),
        except_phrases=tuple(row.except_phrases),
        reason=row.reason,
        alternative=row.alternative,
        source=row.source,
        is_shipped=row.is_shipped,
    )
