"""The arithmetic of what was measured; needs nothing of Accord."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Summary:
    median: float
    p95: float


def summary(values: Sequence[float]) -> Summary:
    ordered = sorted(values)
    return Summary(
        median=round(statistics.median(ordered), 2),
        p95=round(ordered[max(int(len(ordered) * 0.95) - 1, 0)], 2),
    )


@dataclass(frozen=True)
class Comparison:
    """Now against before, where above 1 is slower, whatever the unit."""

    ratio: float
    """The median of the rounds' ratios; each round compares the medians of what was asked by turns in it."""
    ratio_min: float
    ratio_max: float
    median: float
    median_before: float
    p95: float
    p95_before: float
    rounds: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(
    before: Sequence[Sequence[float]], now: Sequence[Sequence[float]], *, unit: str = "ms"
) -> Comparison:
    """A list of what each round measured, of both sides."""
    pairs = zip(map(statistics.median, now), map(statistics.median, before), strict=True)
    ratios = [b / n if unit == "per_s" else n / b for n, b in pairs]
    all_now, all_before = (summary([value for each in side for value in each]) for side in (now, before))
    return Comparison(
        ratio=round(statistics.median(ratios), 3),
        ratio_min=round(min(ratios), 3),
        ratio_max=round(max(ratios), 3),
        median=all_now.median,
        median_before=all_before.median,
        p95=all_now.p95,
        p95_before=all_before.p95,
        rounds=len(ratios),
    )
