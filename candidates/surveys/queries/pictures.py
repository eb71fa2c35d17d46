"""Where the points of a line stand, for a picture that the server draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidates.surveys.queries.report import Group

WIDE, HIGH = 640, 200
LEFT, TOP, BOTTOM = 40, 10, 10


@dataclass(frozen=True)
class Point:
    group: Group
    x: float
    y: float
    low: float
    high: float


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
    points = [
        Point(group, round(LEFT + 10 + step * place, 1), *(_y(each) for each in found))
        for place, group in enumerate(groups)
        if group.cnps is not None and (found := (group.cnps.value, group.cnps.low, group.cnps.high))
    ]
    path = " ".join(f"{point.x},{point.y}" for point in points)
    return Line(points, [(value, _y(value)) for value in (100, 50, 0, -50, -100)], path)


def _y(value: float) -> float:
    return round(TOP + (100 - value) / 200 * (HIGH - TOP - BOTTOM), 1)
