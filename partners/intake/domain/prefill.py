"""What an earlier role of the same manager says that a new brief does not yet, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partners.intake.domain import changes, content
from partners.intake.domain.fields import FIELDS

TAKEN = (
    "why", "outcomes", "outcomes_12_months", "must_haves", "nice_to_haves", "deal_breakers", "value_proposition",
    "hard_part", "talent_bar", "sourcing", "decides",
)  # fmt: skip
"""What one role may take from another: not its pay, its dates or its interviews, which have to be said anew."""


@dataclass(frozen=True)
class Offered:
    """A field that is empty yet, and what the earlier role says in it."""

    code: str
    label: str
    text: str
    value: Any


def offered(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Offered]:
    """What can be taken over: nothing that somebody has written already; of must-haves, those that are not there."""
    found = ((code, _left(code, before[code], now[code])) for code in TAKEN if code in before)
    return [
        Offered(code, str(FIELDS[code].label), changes.in_words(code, value), value)
        for code, value in found
        if content.is_said(code, value)
    ]


def _left(code: str, before: Any, now: Any) -> Any:
    if code == "must_haves":
        known = {row["name"].casefold() for row in now}
        return [row for row in before if row["name"].casefold() not in known]
    return None if content.is_said(code, now) else before
