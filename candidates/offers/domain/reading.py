"""Reading a letter back: what its pages say, beside what they were meant to say.

A PDF holds no text but numbers of glyphs in fonts: drawn in the wrong font, a date is other letters. So the text
of every letter is taken out of its file again and compared, block by block, before anybody may approve or send it.
"""

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium_c

from ats.kernel.kept import quoted
from ats.kernel.staff_words import gettext
from candidates.offers.domain import pdf
from candidates.offers.domain.pdf import Letter, printable

Page = tuple[str, str]
"""What a page says: its body, and its foot."""

LONGEST_QUOTE = 60
POINTS_PER_MM = 72 / 25.4
FOOT_BELOW = (pdf.FOOT_LINE + 4) * POINTS_PER_MM
"""What is drawn lower than this on a page is its foot."""

RUN = re.compile(r"[^\W_\u0590-\u08ff]+(?:[.,:/][^\W_\u0590-\u08ff]+)*")
"""A word or number that runs from left to right: no sign of it is Hebrew, Arabic, or a script beside them."""

LONGEST_RUN = 20
"""A longer one may have been broken at the end of a line."""

PAIRS = str.maketrans(")]}>\u00bb\u203a", "([{<\u00ab\u2039")
"""Brackets are turned round where text runs from right to left."""


def unlike(document: bytes, letter: Letter) -> str:
    """The first place at which the pages do not say what the letter was meant to say; empty where they do."""
    pages = _pages(document)
    for number, (_, foot) in enumerate(pages, 1):
        if _unlike(pdf.foot_of(letter, number, len(pages)), foot):
            return gettext("the foot of page %(number)s") % {"number": number}
    return _unlike(pdf.meant(letter), _body(pages))


def unlike_blocks(document: bytes, meant: Sequence[str]) -> str:
    """The same, for what was written down when the letter was kept; its feet are not looked at."""
    return _unlike(meant, _body(_pages(document)))


def _body(pages: Sequence[Page]) -> str:
    return "".join(body for body, _ in pages)


def _unlike(meant: Sequence[str], said: str) -> str:
    """The first of these blocks that is not what was said in its place, in quotes; empty where all are."""
    rest = _plain(said)
    for block in meant:
        size = len(_plain(block))
        if not _alike(block, rest[:size]):
            return _quoted(block)
        rest = rest[size:]
    return gettext("what follows its last line") if rest else ""


def _quoted(block: str) -> str:
    text = " ".join(printable(block).split())
    return quoted(text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…")


# --- Comparing


def _shown(text: str) -> str:
    """What a reader makes out of it: without what cannot be seen, ligatures and accents taken apart."""
    known = pdf.characters()
    shown = "".join(sign for sign in printable(text) if sign == "\n" or ord(sign) in known)
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", shown)
        if sign == "\n" or unicodedata.category(sign)[0] != "C"
    )


def _plain(text: str) -> str:
    return "".join(_shown(text).split())


def _alike(block: str, found: str) -> bool:
    """Whether these are the same words. Where some run from right to left, a page may give its runs in any order."""
    wanted = _plain(block)
    if wanted == found or not any(map(_runs_left, wanted)):
        return wanted == found
    same_letters = Counter(wanted.translate(PAIRS)) == Counter(found.translate(PAIRS))
    others = "".join(sign for sign in found if not _runs_left(sign))
    runs = Counter(run for run in RUN.findall(_shown(block)) if len(run) <= LONGEST_RUN)
    return same_letters and all(others.count(run) >= times for run, times in runs.items())


def _runs_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}


# --- Taking the text out


def _pages(document: bytes) -> list[Page]:
    with pdf.pdfium:
        file = pypdfium2.PdfDocument(document)
        try:
            return [_page(file[number]) for number in range(len(file))]
        finally:
            file.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    """What was drawn, in the order in which it was; PDFium's own order turns lines round that mix directions."""
    words = page.get_textpage()
    try:
        said = _said(words)
        body: list[str] = []
        foot: list[str] = []
        for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
            low, high = found.get_bounds()[1::2]
            place = foot if (low + high) / 2 < FOOT_BELOW else body
            place.append(said.get(_address(found.raw), ""))
        return "".join(body), "".join(foot)
    finally:
        words.close()


def _said(words: pypdfium2.PdfTextPage) -> dict[int, str]:
    """What each object of a page says, from its left to its right."""
    found: dict[int, list[tuple[float, str]]] = {}
    for number in range(pdfium_c.FPDFText_CountChars(words)):
        drawn = _address(pdfium_c.FPDFText_GetTextObject(words, number))
        # A mark that is part of the glyph before it has no sign of its own.
        if drawn and not pdfium_c.FPDFText_HasUnicodeMapError(words, number):
            sign = pdfium_c.FPDFText_GetUnicode(words, number)
            found.setdefault(drawn, []).append((_left(words, number), HYPHENS.get(sign) or chr(sign)))
    return {drawn: _in_order(signs) for drawn, signs in found.items()}


def _in_order(signs: list[tuple[float, str]]) -> str:
    turned_round = signs[0][0] > signs[-1][0]  # with the line, and so are the letters of each ligature
    return "".join(sign for _, sign in sorted(signs[::-1] if turned_round else signs, key=lambda one: one[0]))


HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What PDFium makes of a hyphen at the end of a line."""


def _left(words: pypdfium2.PdfTextPage, number: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(words, number, x, y)
    return x.value


def _address(found: object) -> int:
    return ctypes.cast(found, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
