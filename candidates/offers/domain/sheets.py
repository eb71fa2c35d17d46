"""Drawing of offer letters; imported where one is drawn, for it brings all that is known of fonts with it."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from ats.kernel.languages import speaking
from candidates.offers.domain.pdf import (
    FOOT_LINE,
    Letter,
    Points,
    Terms,
    day_of,
    families,
    foot_of,
    parts,
    printable,
)

INK, QUIET, LINE = (34, 38, 42), (98, 104, 110), (222, 224, 226)
SIDE, TOP, FOOT = 25.0, 22.0, 25.0
SIZE, LEADING = 10.5, 5.4


def drawn(letter: Letter) -> bytes:
    with closing(_drawn(letter, pages=1)) as sheet:
        if sheet.page_no() == 1:
            return bytes(sheet.output())
    with closing(_drawn(letter, pages=sheet.page_no())) as sheet:
        return bytes(sheet.output())


def signing(audit: Letter, facts: Sequence[tuple[str, str]]) -> bytes:
    """The page that says who signed a letter, when and how."""
    with closing(_Sheet(audit, pages=0)) as sheet:
        sheet.add_page()
        _heading(sheet, audit)
        _table(sheet, facts)
        _paragraph(sheet, audit.body)
        return bytes(sheet.output())


class Sheet(FPDF):
    """A4 in the house's fonts, for whatever is printed: the same words give the same bytes."""

    def __init__(self, *, title: str, author: str, written_on: date, language: str = "en") -> None:
        super().__init__(format="A4")
        self.set_creation_date(datetime.combine(written_on, time(), UTC))
        self.set_title(printable(title))
        self.set_author(printable(author))
        self.set_producer("Accord")
        self.set_lang(language)
        own, *self._others = families()
        self._add(own)
        self.set_text_shaping(True)

    def _add(self, *given: tuple[str, str, str]) -> None:
        for family, regular, bold in given:
            self.add_font(family, "", regular)
            self.add_font(family, "B", bold)

    def get_fallback_font(self, char: str, style: str = "") -> str | None:
        """The other fonts come with the first letter that ours has not: reading all takes longer than drawing."""
        if self._others:
            others, self._others = self._others, []
            self._add(*others)
            self.set_fallback_fonts([family for family, _, _ in others], exact_match=False)
        return super().get_fallback_font(char, style)

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


class _Sheet(Sheet):
    """A letter's."""

    def __init__(self, letter: Letter, *, pages: int) -> None:
        super().__init__(
            title=letter.title,
            author=letter.organisation,
            written_on=letter.written_on,
            language=letter.language,
        )
        self._letter, self._pages = letter, pages
        self.set_margins(SIDE, TOP, SIDE)
        self.set_auto_page_break(True, FOOT)

    def footer(self) -> None:
        self.set_y(-FOOT_LINE)
        self.set_font("text", "", 8)
        self.set_text_color(*QUIET)
        half = self.epw / 2
        left, right = foot_of(self._letter, self.page_no(), max(self._pages, self.page_no()))
        self.cell(half, 5, left)
        self.cell(half, 5, right if self._pages else printable(_added(self._letter.language)), align="R")


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


def _added(language: str) -> str:
    with speaking(language):
        return gettext("Added on signing")


def rgb(colour: str) -> tuple[int, int, int]:
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
    sheet.set_draw_color(*rgb(letter.colour))
    sheet.set_line_width(0.8)
    y = sheet.get_y() + 2
    sheet.line(SIDE, y, sheet.w - SIDE, y)
    sheet.set_y(y + 12)


def _heading(sheet: _Sheet, letter: Letter) -> None:
    sheet.set_font("text", "", SIZE)
    sheet.set_text_color(*QUIET)
    _lines(sheet, letter.to)
    _lines(sheet, day_of(letter))
    _lines(sheet, letter.note)
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
