"""Reading the wording rules for their page."""

from dataclasses import dataclass
from itertools import groupby

from requisitions.wording.models import Use, WordingRule
from requisitions.wording.places import in_words


@dataclass(frozen=True)
class Row:
    """A rule as the list shows it."""

    rule: WordingRule
    place: str
    uses: str


def by_topic() -> list[tuple[str, list[Row]]]:
    """All rules by topic, own ones first; one query."""
    rules = WordingRule.objects.order_by("topic", "is_shipped", "severity", "id")
    return [
        (topic, [_row(rule) for rule in group])
        for topic, group in groupby(rules, key=lambda rule: rule.topic)
    ]


def _row(rule: WordingRule) -> Row:
    return Row(rule, in_words(rule.jurisdictions), ", ".join(Use(use).label for use in rule.uses))


def own_rule(rule_id: int) -> WordingRule | None:
    return WordingRule.objects.filter(pk=rule_id, is_shipped=False).first()
