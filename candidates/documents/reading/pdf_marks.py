"""What stands on a PDF's page beside its text: filled fields, words typed onto it, addresses behind links.

Runs in the shut-in process only (`child.py`).
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from candidates.documents.reading import asides
from candidates.documents.reading.pdf_letters import NOWHERE, Letters, Line, turned

UNSEEN = 0x02 | 0x20
"""Annotations that are hidden, or printed only."""
PASSWORD = 1 << 13
TICKED = "✓"


@dataclass(frozen=True)
class Mark:
    """Words and where they stand on the page; those `behind` something stand at its end."""

    words: str
    room: tuple[float, float, float, float]
    behind: bool = False

    def seen_at(self, turn: int) -> "Mark":
        return replace(self, room=turned(*self.room, turn))

    @property
    def left(self) -> float:
        return self.room[2 if self.behind else 0]

    @property
    def middle(self) -> float:
        return (self.room[1] + self.room[3]) / 2


@dataclass
class _Row:
    """A line with its height on the page, and where it ends."""

    line: Line
    bottom: float
    top: float


def added(lines: list[Line], page: Any, letters: Letters) -> list[Line]:
    """The lines with the page's marks where a person reads them."""
    marks = list(_marks(page, "\n".join(line.text for line in lines)))
    if not marks:
        return lines
    rows = [_row(line, letters) for line in lines]
    turn = next((letters.box(place).turn for line in lines for _, place in line.visible()), 0)
    marks = [mark.seen_at(turn) for mark in marks]
    for mark in sorted(marks, key=lambda mark: (-round(mark.middle), mark.left)):
        _place(mark, rows, letters)
    return [row.line for row in rows]


def _row(line: Line, letters: Letters) -> _Row:
    boxes = [letters.box(place) for _, place in line.visible()]
    if not boxes:
        return _Row(line, 0, 0)
    return _Row(line, min(box.bottom for box in boxes), max(box.top for box in boxes))


def _place(mark: Mark, rows: list[_Row], letters: Letters) -> None:
    """Beside what stands left of it at its height, or else in a line of its own below what stands above it."""
    beside = [row for row in rows if row.bottom <= mark.middle <= row.top]
    if beside:
        found = [(row, *_ahead(row.line, mark, letters)) for row in beside]
        row, at, _ = max(found, key=lambda each: each[2])
        row.line = _with(row.line, at, mark.words)
        return
    above = [index for index, row in enumerate(rows) if row.bottom >= mark.middle]
    at = min(above, key=lambda index: (rows[index].bottom, -index)) + 1 if above else 0
    rows.insert(at, _Row(_with(Line("", []), 0, mark.words), mark.room[1], mark.room[3]))


def _with(line: Line, at: int, words: str) -> Line:
    """The line with these words among its own."""
    before, after = line.text[:at], line.text[at:]
    words = (" " if before else "") + words + (" " if after[:1].strip() else "")
    return Line(before + words + after, [*line.places[:at], *[NOWHERE] * len(words), *line.places[at:]])


def _ahead(line: Line, mark: Mark, letters: Letters) -> tuple[int, float]:
    """After which of the line's signs the mark stands, and how far right that one ends."""
    found = (0, float("-inf"))
    seen = False
    for index, (sign, place) in enumerate(zip(line.text, line.places, strict=True)):
        if place == NOWHERE:
            found = (index + 1, found[1]) if found[0] == index else found
        elif not sign.isspace():
            seen = True
            box = letters.box(place)
            if (box.left + box.right) / 2 <= mark.left:
                found = (index + 1, box.right)
    return found if seen else (len(line.text), float("-inf"))


def _marks(page: Any, text: str) -> Iterator[Mark]:
    import pypdfium2.raw as pdfium

    known: set[str] = set()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        is_link = pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_LINK
        words = _words(page, annotation, text).strip()
        if words and words not in known:
            room = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, room)
            place = (room.left, room.bottom, room.right, room.top)
            yield Mark(words.replace("\r\n", "\n").replace("\r", "\n"), place, behind=is_link)
        if is_link:
            known.add(words)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _words(page: Any, annotation: Any, text: str) -> str:
    """What an annotation shows of its own. A remark that opens with a click shows nothing."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFAnnot_GetFlags(annotation) & UNSEEN:
        return ""
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_LINK:
        return _address(page, annotation, text)
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
    if kind == pdfium.FPDF_ANNOT_WIDGET and page.formenv:
        return _field(page.formenv, annotation)
    return ""


def _field(form: Any, widget: Any) -> str:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetFormFieldType(form, widget)
    if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}:
        return TICKED if pdfium.FPDFAnnot_IsChecked(form, widget) else ""
    if kind in {pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}:
        options = range(pdfium.FPDFAnnot_GetOptionCount(form, widget))
        chosen = [index for index in options if pdfium.FPDFAnnot_IsOptionSelected(form, widget, index)]
        labels = [_string(pdfium.FPDFAnnot_GetOptionLabel, form, widget, index) for index in chosen]
        return ", ".join(labels) or _string(pdfium.FPDFAnnot_GetFormFieldValue, form, widget)
    if kind != pdfium.FPDF_FORMFIELD_TEXTFIELD:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form, widget) & PASSWORD:
        return ""
    return _string(pdfium.FPDFAnnot_GetFormFieldValue, form, widget)


def _string(function: Callable[..., int], *arguments: Any) -> str:
    size = function(*arguments, None, 0)
    room = ctypes.create_string_buffer(size + 2)
    function(*arguments, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _address(page: Any, annotation: Any, text: str) -> str:
    """An address of mail or a telephone number behind a link whose words do not say it."""
    import pypdfium2.raw as pdfium

    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    room = ctypes.create_string_buffer(size + 1)
    pdfium.FPDFAction_GetURIPath(page.pdf, action, room, size)
    address = asides.unsaid(room.value.decode("utf-8", "replace"), text)
    return f"({address})" if address else ""
