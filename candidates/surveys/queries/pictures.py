"""Where the points of a line stand, for a picture that the server draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidates.surveys.queries.report import Group

WIDE, HIGH = 640, 226
LEFT, TOP, BOTTOM = 40, 10, 36
LABELS = 4
"""So many days stand below the line at most: on a phone they are large."""


@dataclass(frozen=True)
class Point:
    group: Group
    x: float
    y: float
    low: float
    high: float
    is_dated: bool
    """Whether its day stands below it."""


@dataclass(frozen=True)
class Line:
    points: Sequence[Point]
    grid: Sequence[tuple[int, float]]
    path: str
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT


def line_of(groups: Sequence[Group]) -> Line:
    """The figures over time, with a whisker for the bounds of each."""
    step = (WIDE - LEFT - 20) / max(len(groups) - 1, 1)
    every = -(-len(groups) // LABELS) or 1
    points = [
        Point(
            group,
            x=round(LEFT + 10 + step * place, 1),
            y=_y(group.cnps.value),
            low=_y(group.cnps.low),
            high=_y(group.cnps.high),
            is_dated=(len(groups) - 1 - place) % every == 0,
        )
        for place, group in enumerate(groups)
        if group.cnps is not None
    ]
    path = " ".join(f"{point.x},{point.y}" for point in points)
    return Line(points, [(value, _y(value)) for value in (100, 50, 0, -50, -100)], path)


def _y(value: float) -> float:
    return round(TOP + (100 - value) / 200 * (HIGH - TOP - BOTTOM), 1)
