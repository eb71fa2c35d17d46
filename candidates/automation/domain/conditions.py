"""Whether an application fits the conditions of a rule; what somebody typed is text to compare, never a pattern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from candidates.people.domain.keys import fold

ABOUT = (
    "answer_is",
    "answer_is_not",
    "answer_has",
    "source_is",
    "department_is",
    "location_is",
    "tag_is",
    "tag_is_not",
    "days_at_least",
)
"""What a condition can be about. Kept in rows: names stay."""
OF_ANSWERS = ("answer_is", "answer_is_not", "answer_has")
YES, NO = ("yes", "true", "ja"), ("no", "false", "nein")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What conditions ask of an application; `answers` by the words of the question."""

    source: int | None = None
    department: int | None = None
    location: int | None = None
    tags: frozenset[str] = frozenset()
    days: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)


def fits(conditions: Sequence[Mapping[str, Any]], facts: Facts, *, any_of: bool) -> bool:
    """All of them, or one where that is enough; without any it fits everybody."""
    if not conditions:
        return True
    found = (_fits(each, facts) for each in conditions)
    return any(found) if any_of else all(found)


def _fits(condition: Mapping[str, Any], facts: Facts) -> bool:
    about = condition["about"]
    if about in OF_ANSWERS:
        return _answered(about, condition, facts)
    if about == "days_at_least":
        return facts.days >= int(condition["value"])
    if about in {"tag_is", "tag_is_not"}:
        return (condition["value"] in facts.tags) == (about == "tag_is")
    return bool(getattr(facts, about.removesuffix("_is")) == condition["value"])


def _answered(about: str, condition: Mapping[str, Any], facts: Facts) -> bool:
    """Of a question that somebody was not asked, or did not answer, nothing holds: silence turns nobody away."""
    given = texts(facts.answers.get(fold(condition["question"])))
    if not given:
        return False
    wanted = set(texts(condition["value"]))
    if about == "answer_has":
        return any(each in said for each in wanted for said in given)
    return bool(wanted.intersection(given)) == (about == "answer_is")


def texts(value: Any) -> list[str]:
    """An answer as it is compared; yes and no are words like others."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    said = fold(str(value))
    if said in YES:
        return ["yes"]
    if said in NO:
        return ["no"]
    return [said] if said else []
