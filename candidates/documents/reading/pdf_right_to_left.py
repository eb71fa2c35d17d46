"""Lines with words in Hebrew, Arabic and other scripts that run from right to left.

Programs write such letters into a PDF in the order in which they are read, or from left to right as they stand on the
page, or one name so and the next one otherwise. Where the letters are is always true, so the order is made from that.
Runs in the shut-in process only (`child.py`).
"""

import re
import unicodedata
from dataclasses import dataclass, field

from candidates.documents.reading.pdf_letters import NOWHERE, Box, Letters, Line

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
PRESENTED = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters in the shape that they have at the beginning or the end of a word."""
NEXT_WORD = 0.1
LEFT_TO_RIGHT_PART = re.compile(r"(?:L|D[^R]*L)(?:[^R]*[LD])?|s?D(?:s*D)*")
RIGHT_TO_LEFT_PART = re.compile(r"R(?:[^L]*R)?")
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass
class _Unit:
    """A letter with the marks on it, or a ligature's letters, or a space."""

    text: str
    places: list[int]
    box: Box
    kind: str = field(default="")

    def __post_init__(self) -> None:
        self.kind = self.kind or _kind(self.text[0])


def reordered(line: Line, letters: Letters) -> Line:
    """The line in the order in which it is read, whatever order its program wrote it in."""
    if not RIGHT_TO_LEFT.search(line.text):
        return line
    units = _with_spaces(sorted(_units(line, letters), key=lambda unit: unit.box.left))
    kinds = "".join(unit.kind for unit in units)
    units = _turned(units) if _runs_to_the_left(kinds) else _each_turned(units, kinds)
    text, places = "", []
    for unit in units:
        shown = PRESENTED.sub(lambda sign: unicodedata.normalize("NFKC", sign.group()), unit.text)
        text += shown
        places += unit.places + [NOWHERE] * (len(shown) - len(unit.places))
    return Line(text, places[: len(text)])


def _kind(sign: str) -> str:
    direction = unicodedata.bidirectional(sign)
    if direction in {"R", "AL"}:
        return "R"
    if direction in {"EN", "AN"}:
        return "D"
    if direction in {"ES", "CS", "ET"}:
        return "s"
    return direction if direction == "L" else "n"


def _units(line: Line, letters: Letters) -> list[_Unit]:
    units: list[_Unit] = []
    marks: list[tuple[str, int, Box]] = []
    for sign, place in line.visible():
        box = letters.box(place)
        if unicodedata.combining(sign):
            marks.append((sign, place, box))
        elif units and units[-1].kind == "R" and units[-1].box[:4] == box[:4]:
            # A ligature: PDFium turns its letters round with all the others.
            units[-1].text = sign + units[-1].text
            units[-1].places.insert(0, place)
        else:
            units.append(_Unit(sign, [place], box))
    for sign, place, box in marks:
        middle = (box.left + box.right) / 2
        if units:
            below = min(units, key=lambda unit: abs((unit.box.left + unit.box.right) / 2 - middle))
            below.text += sign
            below.places.append(place)
    return units


def _with_spaces(units: list[_Unit]) -> list[_Unit]:
    found: list[_Unit] = []
    for unit in units:
        before = found[-1].box if found else unit.box
        if unit.box.left - before.right > NEXT_WORD * max(unit.box.height, before.height):
            found.append(_Unit(" ", [NOWHERE], unit.box, "n"))
        found.append(unit)
    return found


def _runs_to_the_left(kinds: str) -> bool:
    """Whether the whole line does: its ends say so, or else what there is more of."""
    strong = kinds.replace("n", "").replace("s", "").replace("D", "")
    if strong[0] == strong[-1]:
        return strong[0] == "R"
    return strong.count("R") > strong.count("L")


def _turned(units: list[_Unit]) -> list[_Unit]:
    """From right to left, but for numbers and for words that run from left to right."""
    units = units[::-1]
    kinds = "".join(unit.kind for unit in units)
    for part in LEFT_TO_RIGHT_PART.finditer(kinds[::-1]):
        first, last = len(units) - part.end(), len(units) - part.start()
        units[first:last] = units[first:last][::-1]
        for unit in units[first:last]:
            unit.kind = "L"
    for unit in units:
        if unit.kind == "n":
            unit.text = unit.text.translate(MIRRORED)
    return units


def _each_turned(units: list[_Unit], kinds: str) -> list[_Unit]:
    """From left to right, but for the parts that run from right to left."""
    for part in RIGHT_TO_LEFT_PART.finditer(kinds):
        units[part.start() : part.end()] = _turned(units[part.start() : part.end()])
    return units
