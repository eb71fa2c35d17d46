"""Words at the end of a line that a program wrote elsewhere in the file: dates at the right edge, a place.

Programs write what floats to the right before everything else, or after the paragraphs below it. Whoever looks at the
page reads them with the line beside which they stand, so they are put behind it, as a line of their own. They end
where the page's longest lines do; what begins at an edge of its own is a column, and stays as it is. Runs in the
shut-in process only (`child.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from candidates.documents.reading.pdf_letters import Box, Letters, Line

SHORT, FEW = 45, 3
"""What floats is short: so many signs a line, so many lines."""
NEAR = 1.7
"""So far below, as a part of their height, is the next line of the same paragraph."""
SAME_LINE = 0.35
SAME_EDGE = 3
"""Points."""
BULLET = re.compile(r"\s*[^\w\s(\"'„“«]")
MOST_LINES = 2000
"""A page with more lines is no page that somebody reads."""


@dataclass(frozen=True)
class _Room:
    """A line and where it stands."""

    line: Line
    left: float
    right: float
    baseline: float
    height: float
    turn: int

    def goes_on(self, other: "_Room") -> bool:
        """The other one stands right below, in the same column."""
        down = self.baseline - other.baseline
        near = 0 < down < NEAR * max(self.height, other.height)
        return near and self.left < other.right and other.left < self.right

    def beside(self, other: "_Room") -> bool:
        """It stands to the right of the other one, at its height."""
        apart = abs(self.baseline - other.baseline)
        return self.turn == other.turn and apart < SAME_LINE * other.height and self.left > other.right

    def in_column_with(self, other: "_Room") -> bool:
        """Both begin at one edge, and end at two."""
        return abs(self.left - other.left) < SAME_EDGE < abs(self.right - other.right)


def put_beside(lines: Sequence[Line], letters: Letters) -> list[Line]:
    """The lines with what floats behind the line beside which it stands."""
    if len(lines) > MOST_LINES:
        return list(lines)
    blocks = _blocks([_room(line, letters) for line in lines])
    rooms = [each for block in blocks for each in block if isinstance(each, _Room)]
    edge = max((room.right for room in rooms), default=0)
    moved: dict[int, list[list[Line]]] = {}
    kept: list[list[_Room | Line]] = []
    for number, block in enumerate(blocks):
        floats = _floats(block, blocks[number - 1 : number] + blocks[number + 1 : number + 2], edge)
        target = _target(block, rooms) if floats else None
        if target is None:
            kept.append(block)
        else:
            moved.setdefault(id(target), []).append([each.line for each in block if isinstance(each, _Room)])
    return list(_put(kept, moved))


def _put(blocks: list[list[_Room | Line]], moved: dict[int, list[list[Line]]]) -> list[Line]:
    found: list[Line] = []
    for each in (each for block in blocks for each in block):
        found.append(each.line if isinstance(each, _Room) else each)
        for lines in moved.get(id(each), []):
            found += lines
    return found


def _room(line: Line, letters: Letters) -> _Room | Line:
    """The line itself where nothing of it is seen."""
    seen = line.visible()
    if not seen:
        return line
    first, last = letters.box(seen[0][1]), letters.box(seen[-1][1])
    return _Room(
        line, _left(first, last), max(first.right, last.right), first.baseline, first.height, first.turn
    )


def _left(first: Box, last: Box) -> float:
    return min(first.left, last.left)


def _blocks(rooms: Sequence[_Room | Line]) -> list[list[_Room | Line]]:
    """Lines that follow each other in the file and on the page."""
    blocks: list[list[_Room | Line]] = []
    for room in rooms:
        before = blocks[-1][-1] if blocks else None
        if isinstance(before, _Room) and isinstance(room, _Room) and before.goes_on(room):
            blocks[-1].append(room)
        else:
            blocks.append([room])
    return blocks


def _floats(block: list[_Room | Line], around: list[list[_Room | Line]], edge: float) -> bool:
    if len(block) > FEW:
        return False
    for each in block:
        if not isinstance(each, _Room) or len(each.line.text.strip()) > SHORT:
            return False
        if edge - each.right > SAME_EDGE:
            return False
    first = block[0]
    assert isinstance(first, _Room)  # they all are
    before, *_ = [*around, []]
    if before and isinstance(before[-1], _Room) and first.beside(before[-1]):
        return False  # it stands there already
    neighbours = [each for other in around for each in (other[0], other[-1]) if isinstance(each, _Room)]
    return not any(first.in_column_with(other) for other in neighbours)


def _target(block: list[_Room | Line], rooms: list[_Room]) -> _Room | None:
    """The line behind which this block belongs: beside its first, or its last where both begin at one edge."""
    first, last = block[0], block[-1]
    assert isinstance(first, _Room)  # it floats
    assert isinstance(last, _Room)
    target, lower = _left_of(first, block, rooms), _left_of(last, block, rooms)
    if target and lower and abs(target.left - lower.left) < SAME_EDGE and not BULLET.match(lower.line.text):
        return lower
    return target


def _left_of(room: _Room, block: list[_Room | Line], rooms: list[_Room]) -> _Room | None:
    return max(
        (each for each in rooms if each not in block and room.beside(each)),
        key=lambda each: each.right,
        default=None,
    )
