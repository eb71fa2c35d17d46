"""Where the letters of a PDF's page are. Runs in the shut-in process only (`child.py`)."""

import math
from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any, NamedTuple

NOWHERE = -1
"""The place of a sign that is not on the page: a space between words."""


class Box(NamedTuple):
    """A letter with its room, turned so that its line runs from left to right, and upwards is up."""

    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    turn: int

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class Line:
    """Words, and for each of their signs which letter of the page it is."""

    text: str
    places: Sequence[int]

    def __add__(self, other: "Line") -> "Line":
        return Line(self.text + other.text, [*self.places, *other.places])

    def visible(self) -> list[tuple[str, int]]:
        """The signs that are seen, with their places."""
        both = zip(self.text, self.places, strict=True)
        return [(sign, place) for sign, place in both if place != NOWHERE and not sign.isspace()]


class Letters:
    """The letters of one page, by PDFium."""

    def __init__(self, words: Any) -> None:
        import pypdfium2.raw as pdfium

        self._raw, self._words = pdfium, words
        self._room, self._x, self._y = pdfium.FS_RECTF(), c_double(), c_double()

    def places(self, text: str, count: int) -> Sequence[int]:
        """Which letter each sign of the page's text is; a letter without a meaning is in no text."""
        if len(text) == count:
            return range(count)
        found, at = [], 0
        for sign in text:
            found.append(self._raw.FPDFText_GetCharIndexFromTextIndex(self._words, at))
            at += 1 if sign <= "\uffff" else 2
        return found

    def box(self, place: int) -> Box:
        room, x, y = self._room, self._x, self._y
        self._raw.FPDFText_GetLooseCharBox(self._words, place, byref(room))
        self._raw.FPDFText_GetCharOrigin(self._words, place, byref(x), byref(y))
        # PDFium counts angles clockwise.
        turn = round(-self._raw.FPDFText_GetCharAngle(self._words, place) / (math.pi / 2)) % 4
        baseline = turned(x.value, y.value, x.value, y.value, turn)[1]
        return Box(*turned(room.left, room.bottom, room.right, room.top, turn), baseline, turn)


def turned(
    left: float, bottom: float, right: float, top: float, turn: int
) -> tuple[float, float, float, float]:
    """A rectangle of the page, seen so that lines which run at `turn` quarters of a circle run from left to right."""
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return left, bottom, right, top
