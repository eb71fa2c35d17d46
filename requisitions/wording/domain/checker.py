"""Checking a text: what does not belong in it, why, and what to say instead; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from requisitions.wording.domain.matching import Phrases, Token, tokens
from requisitions.wording.domain.places import applies
from requisitions.wording.domain.telling import Told, told
from requisitions.wording.models import Severity

MOST_OF_ONE_RULE = 5
"""More findings of one rule than these say nothing new."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as the check reads it; `jurisdictions` empty: everywhere."""

    code: str
    topic: str
    severity: str
    uses: frozenset[str]
    jurisdictions: frozenset[str]
    phrases: tuple[str, ...]
    except_phrases: tuple[str, ...]
    reason: str
    alternative: str
    source: str = ""
    is_shipped: bool = False

    @property
    def told(self) -> Told:
        return told(self)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Words of a text that do not belong, from `start` to `end`."""

    start: int
    end: int
    words: str
    topic: str
    severity: str
    reason: str
    alternative: str
    source: str
    code: str
    is_shipped: bool = False

    @property
    def told(self) -> Told:
        return told(self)

    @property
    def is_unlawful(self) -> bool:
        return self.severity == Severity.UNLAWFUL


class Checker:
    """Rules made ready for looking through texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = list(rules)
        self._phrases: list[tuple[Rule, bool]] = []
        words: list[str] = []
        for rule in self._rules:
            for is_lawful, phrases in ((False, rule.phrases), (True, rule.except_phrases)):
                self._phrases += [(rule, is_lawful)] * len(phrases)
                words += phrases
        self._index = Phrases(words)

    def rule(self, code: str) -> Rule | None:
        """The rule in force with this code."""
        return next((rule for rule in self._rules if rule.code == code), None)

    def rules_of(self, use: str, jurisdiction: str) -> list[Rule]:
        """The rules in force there for texts of this use."""
        return [
            rule for rule in self._rules if use in rule.uses and applies(rule.jurisdictions, jurisdiction)
        ]

    def find(self, text: str, *, use: str, jurisdiction: str = "") -> list[Finding]:
        """What does not belong, in the order of the text."""
        words = tokens(text)
        said: dict[str, list[tuple[int, int]]] = {}
        lawful: dict[str, list[tuple[int, int]]] = {}
        for span in self._index.find(words):
            rule, is_lawful = self._phrases[span.phrase]
            if use in rule.uses and applies(rule.jurisdictions, jurisdiction):
                (lawful if is_lawful else said).setdefault(rule.code, []).append((span.first, span.last))
        found = [
            _finding(rule, text, words, place)
            for rule in self._rules
            for place in _places(said.get(rule.code, []), lawful.get(rule.code, []))
        ]
        return sorted(_once_a_topic(found), key=lambda one: (one.start, one.end))


def _places(said: list[tuple[int, int]], lawful: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of the matches that overlap, without those that lawful words overlap."""
    kept: list[tuple[int, int]] = []
    excused = _covered(lawful)
    for first, last in sorted(said, key=lambda place: (place[0], -place[1])):
        if kept and first <= kept[-1][1]:
            continue
        if any(at in excused for at in range(first, last + 1)):
            continue
        kept.append((first, last))
        if len(kept) == MOST_OF_ONE_RULE:
            break
    return kept


def _covered(places: list[tuple[int, int]]) -> set[int]:
    return {at for first, last in places for at in range(first, last + 1)}


def _finding(rule: Rule, text: str, words: Sequence[Token], place: tuple[int, int]) -> Finding:
    start, end = words[place[0]].start, words[place[1]].end
    return Finding(
        start=start,
        end=end,
        words=" ".join(text[start:end].split()),
        topic=rule.topic,
        severity=rule.severity,
        reason=rule.reason,
        alternative=rule.alternative,
        source=rule.source,
        code=rule.code,
        is_shipped=rule.is_shipped,
    )


def _once_a_topic(found: list[Finding]) -> list[Finding]:
    """Where rules of one topic find the same words, the weightiest says it."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (not one.is_unlawful, one.start - one.end)):
        if not any(
            other.topic == one.topic and other.start < one.end and one.start < other.end for other in kept
        ):
            kept.append(one)
    return kept
