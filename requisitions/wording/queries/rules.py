"""Reading the wording rules for their page."""

from dataclasses import dataclass
from itertools import groupby

from ats.kernel.kept import retold
from requisitions.wording.domain.places import in_words
from requisitions.wording.domain.telling import Told, told
from requisitions.wording.models import Misreading, MisreadingState, Use, WordingRule

MOST_ANSWERED = 50


@dataclass(frozen=True)
class Row:
    """A rule as the list shows it."""

    rule: WordingRule
    place: str
    uses: str

    @property
    def told(self) -> Told:
        return told(self.rule)


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
        topics=[(retold(topic), [_row(rule) for rule in group]) for topic, group in shipped],
    )


def _row(rule: WordingRule) -> Row:
    return Row(rule, in_words(rule.jurisdictions), ", ".join(str(Use(use).label) for use in rule.uses))


def misreadings() -> tuple[list[Misreading], list[Misreading]]:
    """What waits for a lead's look, the oldest first; and what was answered lately."""
    rows = Misreading.objects.select_related("asked_by", "answered_by")
    waiting = list(rows.filter(state=MisreadingState.ASKED).order_by("asked_at", "pk"))
    answered = rows.exclude(state=MisreadingState.ASKED).order_by("-answered_at", "-pk")
    return waiting, list(answered[:MOST_ANSWERED])


def asked_count() -> int:
    return Misreading.objects.filter(state=MisreadingState.ASKED).count()


def own_rule(rule_id: int) -> WordingRule | None:
    return WordingRule.objects.filter(pk=rule_id, is_shipped=False).first()
