"""Lines that were torn, and headings whose letters stand apart. Runs in the shut-in process only (`child.py`)."""

import itertools
import re
from collections.abc import Iterable
from statistics import median

from candidates.documents.reading.pdf_letters import NOWHERE, Box, Letters, Line

SAME_LINE = 0.3
"""How far a word may stand above or below the one before it, as a part of their height: an exponent, a shaky hand."""
NEXT_WORD = 1.0
"""How far it may stand behind it: further away begins another column."""
APART = 0.1
"""From which gap on, as a part of their height, letters stand apart."""
SINGLE_LETTERS = re.compile(r"(?:^|(?<= ))(?:[^\W\d_] +){3,}[^\W\d_](?= |$)")


def rejoined(lines: Iterable[Line], letters: Letters) -> list[Line]:
    """Lines put together again where the next one goes on at the same height: some programs set word by word."""
    found: list[Line] = []
    for line in lines:
        space = _space_between(found[-1], line, letters) if found else None
        if space is None:
            found.append(line)
        else:
            found[-1] = found[-1] + Line(space, [NOWHERE] * len(space)) + line
    return found


def _space_between(before: Line, after: Line, letters: Letters) -> str | None:
    """What belongs between two that are one line; None where they are two."""
    end = next((place for sign, place in _backwards(before) if not sign.isspace()), NOWHERE)
    start = next(
        (place for sign, place in zip(after.text, after.places, strict=True) if not sign.isspace()), NOWHERE
    )
    if NOWHERE in {start, end}:
        return None
    last, first = letters.box(end), letters.box(start)
    height = max(last.height, first.height)
    gap = first.left - last.right
    if last.turn != first.turn or abs(last.baseline - first.baseline) > SAME_LINE * height:
        return None
    return (" " if gap > APART * height else "") if -APART * height < gap < NEXT_WORD * height else None


def _backwards(line: Line) -> Iterable[tuple[str, int]]:
    return zip(reversed(line.text), reversed(line.places), strict=True)


def closed_up(line: Line, letters: Letters) -> Line:
    """`E X P E R I E N C E` as one word: gaps between words are wider than those between its letters."""
    if not SINGLE_LETTERS.search(line.text):
        return line
    seen = [(sign, place, letters.box(place)) for sign, place in line.visible()]
    gaps = [_gap(one, other) for (*_, one), (*_, other) in itertools.pairwise(seen)]
    usual = median(gaps)
    if usual < APART:
        return line
    text, places = "", []
    for (sign, place, _), gap in zip(seen, [*gaps, 0.0], strict=True):
        space = " " if gap > max(1.6 * usual, usual + APART) else ""
        text += sign + space
        places += [place] + [NOWHERE] * len(space)
    return Line(text, places)


def _gap(one: Box, other: Box) -> float:
    """How far apart two letters stand, as a part of their height."""
    return (other.left - one.right) / max(one.height, other.height, 0.01)
