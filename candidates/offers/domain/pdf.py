"""Offer letters as PDF: the same letter gives the same bytes, always.

Fira Sans writes Latin, Greek and Cyrillic, IBM Plex Sans Arabic Arabic and Persian, Heebo Hebrew, from wheels;
`OFFER_LETTER_FONTS` names further TrueType files of the machine for other scripts. What no font has is left
out where it is a sign (an emoji), and named by `missing` where it is a letter, for the one who writes.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pypdfium2
from django.conf import settings
from django.utils.formats import date_format
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

FIRA = files("fontpkg_fira_sans") / "files"
PLEX = files("fontpkg_ibm_plex_sans_arabic") / "files"
HEEBO = str(files("fontpkg_heebo") / "files" / "Heebo[wght].ttf")
FONTS: tuple[tuple[str, str, str], ...] = (
    ("text", str(FIRA / "FiraSans-Regular.ttf"), str(FIRA / "FiraSans-SemiBold.ttf")),
    ("arabic", str(PLEX / "IBMPlexSansArabic-Regular.ttf"), str(PLEX / "IBMPlexSansArabic-SemiBold.ttf")),
    ("hebrew", HEEBO, HEEBO),  # one file of all weights, of which fpdf2 takes the regular one
)
"""Families in the order in which a character is looked for: regular and bold."""

INK, QUIET, LINE = (34, 38, 42), (98, 104, 110), (222, 224, 226)
SIDE, TOP, FOOT, FOOT_LINE = 25.0, 22.0, 25.0, 16.0
SIZE, LEADING = 10.5, 5.4
LABELLED = re.compile(r"\A([^:\n]{1,80}): (.+)\Z")
KEPT_FORMATS = "\u200c\u200d"
"""Joiners, without which Persian reads wrong; every other invisible character is left out."""

pdfium = threading.Lock()  # PDFium is not made for several threads at once


@dataclass(frozen=True, kw_only=True)
class Letter:
    """All that a letter shows."""

    organisation: str
    colour: str
    logo: bytes | None
    to: str
    title: str
    written_on: date
    body: str
    reference: str


@dataclass(frozen=True)
class Terms:
    """Lines of a list that each have a name: a table."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Points:
    """A list, with its bullets."""

    items: tuple[str, ...]


def parts(body: str) -> Iterator[str | Terms | Points]:
    """The parts of a letter: paragraphs, tables and lists, apart by empty lines."""
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = block.strip().split("\n")
        if not all(line.startswith("- ") for line in lines):
            yield block.strip()
            continue
        items = [line[2:].strip() for line in lines]
        pairs = [(match[1], match[2]) for match in map(LABELLED.match, items) if match]
        named = len(pairs) == len(items)
        yield Terms(tuple(pairs)) if named else Points(tuple(f"•  {item}" for item in items))


def meant(letter: Letter) -> list[str]:
    """Every block of text that the letter is to show, in the order in which it is drawn; without the feet."""
    blocks = [] if letter.logo else [letter.organisation]
    blocks += [letter.to, date_format(letter.written_on, "j F Y"), letter.title]
    for part in parts(letter.body):
        if isinstance(part, Terms):
            blocks += [text for row in part.rows for text in row]
        elif isinstance(part, Points):
            blocks += part.items
        else:
            blocks.append(part)
    return blocks


@lru_cache(maxsize=16)
def draw(letter: Letter) -> bytes:
    """The letter on A4, its pages numbered; a page that shows it asks for the same one several times."""
    with closing(_drawn(letter, pages=1)) as sheet:
        if sheet.page_no() == 1:
            return bytes(sheet.output())
    with closing(_drawn(letter, pages=sheet.page_no())) as sheet:
        return bytes(sheet.output())


def signed(letter: bytes, audit: Letter, facts: Sequence[tuple[str, str]]) -> bytes:
    """The very pages of a letter, and behind them one that says who signed it, when and how."""
    with closing(_Sheet(audit, pages=0)) as sheet:
        sheet.add_page()
        _heading(sheet, audit)
        _table(sheet, facts)
        _paragraph(sheet, audit.body)
        added = bytes(sheet.output())
    with pdfium:
        whole, last = pypdfium2.PdfDocument(letter), pypdfium2.PdfDocument(added)
        try:
            whole.import_pages(last)
            out = BytesIO()
            whole.save(out)
        finally:
            last.close()
            whole.close()
    return out.getvalue()


def picture(document: bytes, number: int, *, width: int = 1200) -> bytes | None:
    """One page, counted from 1, as PNG; None where there is none."""
    with pdfium:
        pdf = pypdfium2.PdfDocument(document)
        try:
            if not 1 <= number <= len(pdf):
                return None
            page = pdf[number - 1]
            image = page.render(scale=width / page.get_width()).to_pil()
        finally:
            pdf.close()
    out = BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def pages(document: bytes) -> int:
    with pdfium:
        pdf = pypdfium2.PdfDocument(document)
        try:
            return len(pdf)
        finally:
            pdf.close()


def missing(text: str) -> str:
    """The letters of a text that no font here can write, each once."""
    known = characters()
    lost = {letter for letter in text if ord(letter) not in known and unicodedata.category(letter)[0] == "L"}
    return "".join(sorted(lost))


# --- Fonts


def _families() -> Iterator[tuple[str, str, str]]:
    yield from FONTS
    for number, path in enumerate(settings.OFFER_LETTER_FONTS):
        yield f"more{number}", path, path


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    found: set[int] = set()
    for _, regular, _ in _families():
        with TTFont(regular, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)


def printable(text: str) -> str:
    """The text as a letter can show it: no invisible characters, no signs that no font has."""
    known = characters()
    kept = []
    for letter in unicodedata.normalize("NFC", text.replace("\t", "    ")):
        kind = unicodedata.category(letter)
        if letter == "\n" or letter in KEPT_FORMATS:
            kept.append(letter)
        elif kind in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            continue
        elif ord(letter) in known or kind[0] == "L":
            kept.append(letter)
    return "".join(kept)


# --- Drawing


class _Sheet(FPDF):
    def __init__(self, letter: Letter, *, pages: int) -> None:
        super().__init__(format="A4")
        self._letter, self._pages = letter, pages
        self.set_creation_date(datetime.combine(letter.written_on, time(), UTC))
        self.set_title(printable(letter.title))
        self.set_author(printable(letter.organisation))
        self.set_producer("Accord")
        self.set_lang("en")
        for family, regular, bold in _families():
            self.add_font(family, "", regular)
            self.add_font(family, "B", bold)
        self.set_fallback_fonts([family for family, _, _ in _families()][1:], exact_match=False)
        self.set_text_shaping(True)
        self.set_margins(SIDE, TOP, SIDE)
        self.set_auto_page_break(True, FOOT)

    def close(self) -> None:
        """Let go of the font files, which fpdf2 leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _render_styled_text_line(self, *given: Any, **named: Any) -> bool:
        """Let the page know its font before a line begins in another one.

        fpdf2 2.8.9 says the page's font inside the line where that line begins in a fallback font, takes it
        back with the line (`q … Q`) and believes it said: all that follows is drawn in whatever font was said
        before, whose codes mean other glyphs.
        """
        font = self.current_font
        if font is not None and not (self.current_font_is_set_on_page or named.get("prevent_font_change")):
            self._out(self._set_font_for_page(font, self.font_size_pt))
        return super()._render_styled_text_line(*given, **named)

    def footer(self) -> None:
        self.set_y(-FOOT_LINE)
        self.set_font("text", "", 8)
        self.set_text_color(*QUIET)
        half = self.epw / 2
        left, right = foot_of(self._letter, self.page_no(), max(self._pages, self.page_no()))
        self.cell(half, 5, left)
        self.cell(half, 5, right if self._pages else "Added on signing", align="R")


def foot_of(letter: Letter, page: int, of_all: int) -> tuple[str, str]:
    """What stands at the foot of a page."""
    return _short(f"{letter.organisation} · {letter.reference}", 70), f"Page {page} of {of_all}"


def _short(text: str, most: int) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _drawn(letter: Letter, *, pages: int) -> _Sheet:
    sheet = _Sheet(letter, pages=pages)
    sheet.add_page()
    _head(sheet, letter)
    _heading(sheet, letter)
    for part in parts(letter.body):
        if isinstance(part, Terms):
            _table(sheet, part.rows)
        elif isinstance(part, Points):
            for item in part.items:
                _paragraph(sheet, item, after=1)
            sheet.ln(2)
        else:
            _paragraph(sheet, part)
    return sheet


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _head(sheet: _Sheet, letter: Letter) -> None:
    """The brand: the logo or the name, over a line in the organisation's colour; then to whom, and when."""
    if letter.logo:
        sheet.image(BytesIO(letter.logo), x=SIDE, y=TOP - 6, h=13, keep_aspect_ratio=True, w=0)
        sheet.set_y(TOP + 8)
    else:
        sheet.set_font("text", "B", 15)
        sheet.set_text_color(*INK)
        _lines(sheet, letter.organisation, height=8)
    sheet.set_draw_color(*_rgb(letter.colour))
    sheet.set_line_width(0.8)
    y = sheet.get_y() + 2
    sheet.line(SIDE, y, sheet.w - SIDE, y)
    sheet.set_y(y + 12)


def _heading(sheet: _Sheet, letter: Letter) -> None:
    sheet.set_font("text", "", SIZE)
    sheet.set_text_color(*QUIET)
    _lines(sheet, letter.to)
    _lines(sheet, date_format(letter.written_on, "j F Y"))
    sheet.ln(8)
    sheet.set_text_color(*INK)
    sheet.set_font("text", "B", 15)
    _lines(sheet, letter.title, height=7.5)
    sheet.ln(4)


def _paragraph(sheet: _Sheet, text: str, *, after: float = 3.2) -> None:
    sheet.set_font("text", "", SIZE)
    sheet.set_text_color(*INK)
    _lines(sheet, text)
    sheet.ln(after)


def _table(sheet: _Sheet, rows: Sequence[Any]) -> None:
    """Label and text side by side, each row under a thin line."""
    label = 48.0
    sheet.set_draw_color(*LINE)
    sheet.set_line_width(0.2)
    for name, text in rows:
        tall = max(_height(sheet, name, label - 4), _height(sheet, text, sheet.epw - label)) + 4
        if sheet.get_y() + min(tall, 60) > sheet.page_break_trigger:
            sheet.add_page()
        y, page = sheet.get_y(), sheet.page_no()
        sheet.line(SIDE, y, sheet.w - SIDE, y)
        sheet.set_y(y + 2)
        sheet.set_text_color(*QUIET)
        sheet.multi_cell(label - 4, LEADING, printable(str(name)), new_x=XPos.LEFT, new_y=YPos.TOP, align="L")
        sheet.set_text_color(*INK)
        sheet.set_xy(SIDE + label, y + 2)
        sheet.multi_cell(
            sheet.epw - label, LEADING, printable(str(text)), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L"
        )
        sheet.set_y(sheet.get_y() + 2 if sheet.page_no() != page else y + tall)
    sheet.line(SIDE, sheet.get_y(), sheet.w - SIDE, sheet.get_y())
    sheet.ln(6)


def _height(sheet: _Sheet, text: str, width: float) -> float:
    sheet.set_font("text", "", SIZE)
    found = sheet.multi_cell(width, LEADING, printable(str(text)), dry_run=True, output="HEIGHT", align="L")
    assert isinstance(found, float | int)
    return float(found)


def _lines(sheet: _Sheet, text: str, *, height: float = LEADING) -> None:
    shown = printable(text)
    if shown.strip():
        sheet.multi_cell(0, height, shown, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
