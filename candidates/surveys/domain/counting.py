"""What is counted of a group of answers, and what it says: with its bounds, for few answers say little."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from candidates.surveys.models import DETRACTS, OF_RESPECT, PROMOTES, WOULD, Change, Is, Would

SURE = 1.96
"""Of 95 percent."""
Counts = Mapping[str, int]
FIELDS = {"organisation": "organisation_respect"}
"""Questions whose field has another name."""


def count(answers: Iterable[Any]) -> dict[str, int]:
    """The counts of these answers."""
    found: Counter[str] = Counter()
    for each in answers:
        found["number"] += 1
        found["promoters"] += each.score >= PROMOTES
        found["detractors"] += each.score <= DETRACTS
        for name in (*OF_RESPECT, *WOULD, "customer"):
            if said := getattr(each, FIELDS.get(name, name)):
                found[f"{name}:{said}"] += 1
        found["resentful"] += is_resentful([each.again, each.refer, each.buy])
        found["could_resent"] += any([each.again, each.refer, each.buy])
    return dict(found)


def is_resentful(would: Iterable[str]) -> bool:
    """Whether they end the relationship: a no to applying, referring or buying, and to none of it a yes or maybe."""
    said = {each for each in would if each}
    return said == {Would.NO.value}


def total(counts: Iterable[Counts]) -> Counter[str]:
    """The sum of groups."""
    found: Counter[str] = Counter()
    for each in counts:
        found.update(each)
    return found


@dataclass(frozen=True)
class Bounded:
    """A figure, and between what it lies with 95 percent certainty, on so many answers."""

    value: float
    low: float
    high: float
    number: int

    @property
    def rounded(self) -> tuple[int, int, int]:
        return round(self.value), round(self.low), round(self.high)


def cnps(counts: Counts) -> Bounded | None:
    """Percent of promoters less percent of detractors, from -100 to 100.

    The bounds are those of an adjusted Wald interval: three answers more are assumed, a quarter of them promoters and
    a quarter detractors, so that few answers that agree do not look certain.
    """
    number = counts.get("number", 0)
    if not number:
        return None
    more, less = counts.get("promoters", 0), counts.get("detractors", 0)
    value = 100 * (more - less) / number
    size, up, down = number + 3, (more + 0.75) / (number + 3), (less + 0.75) / (number + 3)
    middle = up - down
    reach = SURE * sqrt(max(up + down - middle**2, 0) / size)
    low, high = (max(-100.0, 100 * (middle - reach)), min(100.0, 100 * (middle + reach)))
    return Bounded(value, min(low, value), max(high, value), number)


def share(part: int, whole: int) -> Bounded | None:
    """A share in percent with Wilson's bounds."""
    if not whole:
        return None
    p, square = part / whole, SURE**2
    middle = (p + square / (2 * whole)) / (1 + square / whole)
    reach = SURE / (1 + square / whole) * sqrt(p * (1 - p) / whole + square / (4 * whole**2))
    return Bounded(100 * p, 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach), whole)


def said(counts: Counts, name: str) -> list[tuple[str, int]]:
    """How often each answer was given to one question, in the order of its answers."""
    choices = Change if name in OF_RESPECT else Is if name == "customer" else Would
    return [(value, counts.get(f"{name}:{value}", 0)) for value in choices.values]
