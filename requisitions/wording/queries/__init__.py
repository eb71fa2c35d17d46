"""Reading the wording rules for their page."""

from requisitions.wording.queries.rules import Row, Rules, all_rules, asked_count, misreadings, own_rule

__all__ = [
    "Row",
    "Rules",
    "all_rules",
    "asked_count",
    "misreadings",
    "own_rule",
]
