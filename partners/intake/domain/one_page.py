"""The brief on one printed page, always: smaller where it is much, and cut with a word where it is too much."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from fpdf.enums import XPos, YPos

from ats.kernel.languages import spoken
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.offers.domain.pdf import printable
from candidates.offers.domain.sheets import INK, LINE, QUIET, Sheet, rgb

SIDE, TOP, FOOT = 18.0, 15.0, 14.0
LABEL = 38.0
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
MOST = (900, 600, 400, 280, 180, 110)
"""Characters of a field, where even the smallest letters are too many for a page."""
MORE = gettext_lazy("… more in Accord")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is printed: its head, a line for each field, and what stands at the foot."""

    organisation: str
    colour: str
    title: str
    under: str
    rows: tuple[tuple[str, str], ...]
    written_on: date
    foot: str


def draw(page: Page) -> bytes:
    """One page, whatever it says."""
    for size, most in _ways():
        with closing(_Brief(page)) as sheet, suppress(_IsTooMuch):
            sheet.write(size, most)
            return bytes(sheet.output())
    raise ValueError("A brief has more fields than a page has room for.")


def _ways() -> Iterator[tuple[float, int | None]]:
    """How it is tried: as large and as whole as it can be."""
    yield from ((size, None) for size in SIZES)
    yield from ((SIZES[-1], most) for most in MOST)


def cut(text: str, most: int | None) -> str:
    """The text up to about so many characters, whole lines where it has several, and that there is more."""
    if most is None or len(text) <= most:
        return text
    kept = text[:most]
    at = max(kept.rfind("\n"), kept.rfind(" "))
    return f"{kept[:at].rstrip(' ,.;:') if at > most // 2 else kept} {MORE}"


class _IsTooMuch(Exception):
    """It would go on on a second page."""


class _Brief(Sheet):
    def __init__(self, page: Page) -> None:
        super().__init__(
            title=gettext("%(page)s: the brief") % {"page": page.title},
            author=page.organisation,
            written_on=page.written_on,
            language=spoken(),
        )
        self._page = page
        self.set_margins(SIDE, TOP, SIDE)
        self.set_auto_page_break(True, FOOT + 4)

    def add_page(self, *given: Any, **named: Any) -> None:
        """Breaking thousands of words into the lines of a second page would take many seconds, for nothing."""
        if self.page:
            raise _IsTooMuch
        super().add_page(*given, **named)

    def footer(self) -> None:
        self.set_y(-FOOT)
        self.set_font("text", "", 7.5)
        self.set_text_color(*QUIET)
        self.cell(0, 4, printable(self._page.foot))

    def write(self, size: float, most: int | None) -> None:  # type: ignore[override]
        self.add_page()
        self._head(size)
        for label, text in self._page.rows:
            self._row(label, cut(text, most), size)

    def _head(self, size: float) -> None:
        self.set_font("text", "", size - 1)
        self.set_text_color(*QUIET)
        self._line(self._page.organisation, size)
        self.set_font("text", "B", size + 6)
        self.set_text_color(*INK)
        self._line(self._page.title, size + 5)
        self.set_font("text", "", size)
        self.set_text_color(*QUIET)
        self._line(self._page.under, size)
        self.set_draw_color(*rgb(self._page.colour))
        self.set_line_width(0.7)
        y = self.get_y() + 1.5
        self.line(SIDE, y, self.w - SIDE, y)
        self.set_y(y + 2)

    def _line(self, text: str, size: float) -> None:
        self.multi_cell(0, size * 0.5, printable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def _row(self, label: str, text: str, size: float) -> None:
        """Its name and what it says, side by side, under a thin line."""
        high, y = size * 0.47, self.get_y()
        self.set_font("text", "B", size - 0.5)
        self.set_text_color(*INK)
        self.multi_cell(LABEL - 3, high, printable(label), new_x=XPos.LEFT, new_y=YPos.NEXT, align="L")
        below = self.get_y()
        self.set_xy(SIDE + LABEL, y)
        self.set_font("text", "", size)
        self.multi_cell(
            self.epw - LABEL, high, printable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L"
        )
        end = max(self.get_y(), below) + 1.2
        self.set_draw_color(*LINE)
        self.set_line_width(0.15)
        self.line(SIDE, end, self.w - SIDE, end)
        self.set_y(end + 1.2)
