"""Positions and times of learning: each around the days that it lasted.

Where the head of an entry stands is the same throughout one résumé: so many lines before the days, so many behind
them. All ways are tried, and the one is taken that makes most sense of the words.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from candidates.resumes.domain import dates, heads
from candidates.resumes.domain.facts import Confidence, Stay
from candidates.resumes.domain.lines import Line

MOST = 40
FURTHEST = 3
LONGEST_HEAD, MOST_WORDS = 110, 9
DURATION = re.compile(
    r"\(?\b\d+\s*(?:years?|yrs?|months?|mos?|jahre?n?|monate?n?|ans?|mois|años?|mes(?:es)?)\b(?:\s*,?\s*\d+\s*(?:months?|mos?|monate?|mois|mes(?:es)?)\b)?\)?",
    re.IGNORECASE,
)
EDGES = " \t,;:|•·()[]–—-"
SURE_OF_JOB, SURE_OF_SCHOOL = 7.0, 5.0
"""From so many points on what was read is right as often as `Confidence.SURE` promises."""


@dataclass(frozen=True)
class _Anchor:
    """A line with days, and what else stands in it."""

    at: int
    span: dates.Span
    rest: str


_Way = tuple[int, int]
"""So many lines before the days, and so many behind them."""
NEAREST: tuple[_Way, ...] = ((1, 0), (2, 0), (0, 1), (0, 2))
Divide = Callable[[Sequence[str], bool | None], heads.Divided]


def positions(lines: Sequence[Line]) -> list[Stay]:
    own = [line for line in lines if line.section == "experience"]
    sure = bool(own)
    own = own or [line for line in lines if line.section in {"header", "summary", "other"}]
    found = _stays(own, lambda said, first: heads.divide(said, what_first=first), SURE_OF_JOB)
    return found if sure else [_less(stay) for stay in found if stay.what and stay.where]


def education(lines: Sequence[Line]) -> list[Stay]:
    own = [line for line in lines if line.section == "education"]
    return _stays(own, lambda said, _: heads.learnt(said), SURE_OF_SCHOOL, one_day=True)


def _less(stay: Stay) -> Stay:
    return Stay(**{**vars(stay), "confidence": Confidence.GUESS})


def _stays(lines: Sequence[Line], divide: Divide, sure_from: float, *, one_day: bool = False) -> list[Stay]:
    anchors = _anchors(lines, one_day=one_day)[:MOST]
    if not anchors:
        return []

    def worth(way: _Way) -> float:
        points = [each.points for each in _read(lines, anchors, way, divide, None)]
        return sum(points, 0.0) - 0.9 * sum(way) * len(anchors)

    before, behind = max(itertools.product(range(FURTHEST + 1), range(FURTHEST + 1)), key=worth)
    first_pass = _read(lines, anchors, (before, behind), divide, None)
    order = (
        sum(each.points * (1 if each.what_first else -1) for each in first_pass if each.what and each.where)
        > 0
    )
    divided = _read(lines, anchors, (before, behind), divide, order)
    divided = _mended(lines, anchors, divided, divide, order)
    agreed = _agreement(divided)
    return [
        _stay(
            lines, anchors, number, each, (before, behind), is_sure=agreed == 1 and each.points >= sure_from
        )
        for number, each in enumerate(divided)
        if each.what or each.where
    ]


def _agreement(divided: Sequence[heads.Divided]) -> float:
    """The share of the entries that are told in the same order."""
    both = [each for each in divided if each.what and each.where]
    first = sum(each.what_first for each in both)
    return max(first, len(both) - first) / len(divided) if divided else 0


def _anchors(lines: Sequence[Line], *, one_day: bool) -> list[_Anchor]:
    found = [anchor for at, line in enumerate(lines) if (anchor := _anchor(at, line))]
    lasting = [anchor for anchor in found if not anchor.span.is_one_day]
    if one_day:
        return found
    return lasting or [anchor for anchor in found if not anchor.rest]


def _anchor(at: int, line: Line) -> _Anchor | None:
    """The days of this line if they stand at its beginning or its end, as those of an entry do."""
    if line.bullet or len(line.text) > LONGEST_HEAD + 40:
        return None
    text = DURATION.sub("", line.text)
    for span in reversed(dates.spans(text)):
        left, right = text[: span.at[0]].strip(EDGES), text[span.at[1] :].strip(EDGES)
        if (left and right) or (span.is_one_day and (left or right).endswith(".")):
            continue
        rest = left or right
        if len(rest) > LONGEST_HEAD or (span.is_one_day and len(rest.split()) > MOST_WORDS + 3):
            continue
        return _Anchor(at, span, rest)
    return None


def _around(
    lines: Sequence[Line], anchors: Sequence[_Anchor], number: int, way: _Way
) -> tuple[list[int], list[int]]:
    """The lines before and behind these days that belong to the head, if so many do."""
    before, behind = way
    at = anchors[number].at
    lowest = anchors[number - 1].at + 1 + (behind if number else 0) if number else 0
    highest = anchors[number + 1].at - before if number + 1 < len(anchors) else len(lines)
    above = [row for row in range(at - before, at) if row >= lowest]
    below = [row for row in range(at + 1, at + 1 + behind) if row < highest]
    return above, below


def _read(
    lines: Sequence[Line], anchors: Sequence[_Anchor], way: _Way, divide: Divide, order: bool | None
) -> list[heads.Divided]:
    return [
        _read_one(lines, anchors, number, way, divide=divide, order=order) for number in range(len(anchors))
    ]


def _read_one(
    lines: Sequence[Line],
    anchors: Sequence[_Anchor],
    number: int,
    way: _Way,
    *,
    divide: Divide,
    order: bool | None,
) -> heads.Divided:
    anchor = anchors[number]
    above, below = _around(lines, anchors, number, way)
    said = [lines[row].text for row in above]
    said += [anchor.rest] * bool(anchor.rest) + [lines[row].text for row in below]
    divided = divide([DURATION.sub("", each).strip(EDGES) for each in said], order)
    lost = sum(way) - len(above) - len(below)
    unfit = sum(_unfit(lines[row]) for row in [*above, *below]) + 1.0 * lost
    return replace(divided, points=divided.points - unfit)


def _mended(
    lines: Sequence[Line],
    anchors: Sequence[_Anchor],
    divided: list[heads.Divided],
    divide: Divide,
    order: bool,
) -> list[heads.Divided]:
    """Where nothing stands in the usual place, as beside a line that was broken, what stands nearest."""
    return [
        each
        if each.what or each.where
        else max(
            (_read_one(lines, anchors, number, way, divide=divide, order=order) for way in NEAREST),
            key=lambda one: one.points,
        )
        for number, each in enumerate(divided)
    ]


def _unfit(line: Line) -> float:
    """How little this line looks like a part of a head."""
    words = line.text.split()
    unfit = 4.0 * line.bullet + 3.0 * line.text[:1].islower() + 1.5 * line.text.endswith(".")
    return unfit + (
        2.0 if len(words) > MOST_WORDS - 2 and not re.search(r",\s|\s[|–—-]\s", line.text) else 0.0
    )


def _stay(
    lines: Sequence[Line],
    anchors: Sequence[_Anchor],
    number: int,
    divided: heads.Divided,
    way: _Way,
    *,
    is_sure: bool,
) -> Stay:
    span = anchors[number].span
    _, below = _around(lines, anchors, number, way)
    start = (below[-1] if below else anchors[number].at) + 1
    end = anchors[number + 1].at - way[0] if number + 1 < len(anchors) else len(lines)
    whole = bool(divided.what and divided.where) and not span.is_one_day
    return Stay(
        where=divided.where,
        what=divided.what,
        confidence=Confidence.SURE if whole and is_sure else Confidence.LIKELY if whole else Confidence.GUESS,
        place=divided.place,
        start=span.start,
        end=span.end,
        current=span.current,
        text="\n".join(line.text for line in lines[start:end])[:4000],
    )
