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


@dataclass(frozen=True)
class Rules:
    """What is looked for: a house's own rules, and the shipped ones by topic."""

    own: list[Row]
    topics: list[tuple[str, list[Row]]]


def all_rules() -> Rules:
    """Every rule; one query."""
    rules = list(WordingRule.objects.order_by("topic", "severity", "id"))
    shipped = groupby((rule for rule in rules if rule.is_shipped), key=lambda rule: rule.topic)
    return Rules(
        own=[_row(rule) for rule in rules if not rule.is_shipped],
        topics=[(topic, [_row(rule) for rule in group]) for topic, group in shipped],
    )


def _row(rule: WordingRule) -> Row:
    return Row(rule, in_words(rule.jurisdictions), ", ".join(Use(use).label for use in rule.uses))


def own_rule(rule_id: int) -> WordingRule | None:
    return WordingRule.objects.filter(pk=rule_id, is_shipped=False).first()
