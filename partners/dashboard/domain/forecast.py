"""When a role will be filled at this pace: from the candidates in play, and from what became of others before them.

Each candidate is hired with the share of those who were, among all whose candidacy ended here and who had come as
far; how long that takes follows the times of those hires themselves (their empirical distribution, no curve is
fitted). New candidates come as they came of late. The number of hires up to a day is then a sum of many small
chances, which a Poisson distribution approximates (Le Cam, "An approximation theorem for the Poisson binomial
distribution", Pacific Journal of Mathematics 10, 1960): the chance that it reaches the open seats gives the day,
and the days of two chances in ten and eight in ten its uncertainty.

Who is in a stage is counted as though they had just come there, so a stage in which somebody waits long makes the
day later than it has to be, never sooner.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

KINDS = ("applied", "review", "interview", "assessment", "offer", "hired")
"""Stages by what they are, in the order in which candidates come to them."""
DECILES = tuple(number / 10 for number in range(1, 10))
TOO_FEW, TOO_FAR = "too few", "too far"
"""Why no day can be told."""
LEAST_ENDED, LEAST_HIRES = 30, 8
"""Of fewer candidacies, or fewer hires, that ended here no day is told."""
FARTHEST = 365
EARLY, EVEN, LATE = 0.2, 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Passage:
    """Of those who had come to one kind of stage: how many ended, how many were hired, and after how many days.

    `days` are the deciles, from the first to the ninth; empty where nobody was hired.
    """

    ended: int
    hired: int
    days: tuple[float, ...] = ()

    @property
    def share(self) -> float:
        return self.hired / self.ended if self.ended else 0.0

    def by(self, day: int) -> float:
        """The share of those hired who were hired within so many days."""
        if not self.days:
            return 0.0
        days, shares = _curve(self.days)
        place = bisect_right(days, day)
        if place == len(days):
            return 1.0
        begin, until, low, high = days[place - 1], days[place], shares[place - 1], shares[place]
        return low + (high - low) * (day - begin) / (until - begin)


@lru_cache
def _curve(deciles: tuple[float, ...]) -> tuple[list[float], list[float]]:
    """After how many days which share is hired: between the points it grows evenly."""
    return [0.0, *deciles, deciles[-1] * 1.5 + 1], [0.0, *DECILES, 1.0]


@dataclass(frozen=True, slots=True)
class Forecast:
    """In how many days all seats are filled: as likely as not, and the range in which six of ten fall.

    None where that lies more than a year ahead. `why_not` says why nothing can be told.
    """

    days: int | None = None
    early: int | None = None
    late: int | None = None
    ended: int = 0
    hires: int = 0
    a_week: float = 0.0
    why_not: str = ""


def forecast(
    *, seats: int, in_play: Mapping[str, int], a_day: float, past: Mapping[str, Passage]
) -> Forecast:
    """`in_play` counts candidates by the kind of their stage, `a_day` is how many new ones come."""
    first = past.get(KINDS[0], Passage(0, 0))
    known = Forecast(ended=first.ended, hires=first.hired, a_week=a_day * 7)
    if first.ended < LEAST_ENDED or first.hired < LEAST_HIRES:
        return replace(known, why_not=TOO_FEW)

    @cache
    def expected(day: int) -> float:
        return _expected(day, in_play, a_day, past)

    early, even, late = (_reached(expected, seats, chance) for chance in (EARLY, EVEN, LATE))
    why_not = "" if even is not None else TOO_FAR
    return replace(known, days=even, early=early, late=late, why_not=why_not)


def _expected(day: int, in_play: Mapping[str, int], a_day: float, past: Mapping[str, Passage]) -> float:
    """How many hires there are up to that day, on average."""
    found = sum(
        count * past[kind].share * past[kind].by(day) for kind, count in in_play.items() if kind in past
    )
    first = past[KINDS[0]]
    # Whoever comes on a day between has the rest of the days; taken in the middle of each tenth of them.
    coming = sum(first.by(round(day * (part + 0.5) / 10)) for part in range(10)) / 10 if a_day else 0.0
    return found + a_day * day * first.share * coming


def _reached(expected: Callable[[int], float], seats: int, chance: float) -> int | None:
    """The first day by which so many seats are filled with at least that chance; the chance only grows."""
    low, high = 0, FARTHEST + 1
    while low < high:
        middle = (low + high) // 2
        if at_least(seats, expected(middle)) >= chance:
            high = middle
        else:
            low = middle + 1
    return low if low <= FARTHEST else None


def at_least(count: int, mean: float) -> float:
    """The chance of so many or more, where so many come on average (Poisson)."""
    return 1.0 - sum(math.exp(-mean) * mean**number / math.factorial(number) for number in range(count))
