"""The words of one page as a person reads them: PDFium's, mended where the places of the letters say otherwise.

Runs in the shut-in process only (`child.py`).
"""

from typing import Any

from candidates.documents.reading import pdf_beside, pdf_marks, pdf_right_to_left, pdf_spacing
from candidates.documents.reading.found import MAX_CHARACTERS
from candidates.documents.reading.pdf_letters import Letters, Line

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def words_of(page: Any) -> str:
    words = page.get_textpage()
    letters = Letters(words)
    lines = pdf_spacing.rejoined(_lines(words, letters), letters)
    lines = [pdf_right_to_left.reordered(line, letters) for line in lines]
    lines = [pdf_spacing.closed_up(line, letters) for line in lines]
    lines = pdf_beside.put_beside(lines, letters)
    lines = pdf_marks.added(lines, page, letters)
    words.close()
    return "\n".join(line.text for line in lines).translate(LIGATURES)


def _lines(words: Any, letters: Letters) -> list[Line]:
    """PDFium's lines, each knowing where on the page its letters are."""
    count = min(words.count_chars(), MAX_CHARACTERS)
    text = words.get_text_range(0, count) if count else ""
    places = letters.places(text, count)
    lines, start = [], 0
    for part in text.split("\r\n"):
        lines.append(Line(part, places[start : start + len(part)]))
        start += len(part) + 2
    return lines
