"""Offer letters as PDF: the same letter gives the same bytes, always.

Fira Sans writes Latin, Greek and Cyrillic, IBM Plex Sans Arabic Arabic and Persian, Heebo Hebrew, from wheels;
`OFFER_LETTER_FONTS` names further TrueType files of the machine for other scripts. What no font has is left
out where it is a sign (an emoji), and named by `missing` where it is a letter, for the one who writes.

What draws and reads them (`sheets`, fontTools, PDFium) is loaded with the first letter: no other page needs it, and
it takes more memory than the rest of a room.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext

from ats.kernel.languages import speaking

FIRA = files("fontpkg_fira_sans") / "files"
PLEX = files("fontpkg_ibm_plex_sans_arabic") / "files"
HEEBO = str(files("fontpkg_heebo") / "files" / "Heebo[wght].ttf")
FONTS: tuple[tuple[str, str, str], ...] = (
    ("text", str(FIRA / "FiraSans-Regular.ttf"), str(FIRA / "FiraSans-SemiBold.ttf")),
    ("arabic", str(PLEX / "IBMPlexSansArabic-Regular.ttf"), str(PLEX / "IBMPlexSansArabic-SemiBold.ttf")),
    ("hebrew", HEEBO, HEEBO),  # one file of all weights, of which fpdf2 takes the regular one
)
"""Families in the order in which a character is looked for: regular and bold."""

FOOT_LINE = 16.0
BULLET = "•  "
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
    language: str = "en"
    """In which all of it is; the file says so too, for programs that read it aloud."""
    note: str = ""
    """In the language of who gets it, where that is another one."""


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
        yield Terms(tuple(pairs)) if named else Points(tuple(BULLET + item for item in items))


def meant(letter: Letter) -> list[str]:
    """Every block of text that the letter is to show, in the order in which it is drawn; without the feet."""
    blocks = [] if letter.logo else [letter.organisation]
    blocks += [letter.to, day_of(letter), *([letter.note] if letter.note else []), letter.title]
    for part in parts(letter.body):
        if isinstance(part, Terms):
            blocks += [text for row in part.rows for text in row]
        elif isinstance(part, Points):
            blocks += part.items
        else:
            blocks.append(part)
    return blocks


def day_of(letter: Letter) -> str:
    """`26 November 2026`, as its language says it."""
    with speaking(letter.language):
        return date_format(letter.written_on, "LONG_DATE")


@lru_cache(maxsize=16)
def draw(letter: Letter) -> bytes:
    """The letter on A4, its pages numbered; a page that shows it asks for the same one several times."""
    from candidates.offers.domain import sheets

    return sheets.drawn(letter)


def signed(letter: bytes, audit: Letter, facts: Sequence[tuple[str, str]]) -> bytes:
    """The very pages of a letter, and behind them one that says who signed it, when and how."""
    import pypdfium2

    from candidates.offers.domain import sheets

    added = sheets.signing(audit, facts)
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
    import pypdfium2

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
    import pypdfium2

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


def families() -> Iterator[tuple[str, str, str]]:
    yield from FONTS
    for number, path in enumerate(settings.OFFER_LETTER_FONTS):
        yield f"more{number}", path, path


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for _, regular, _ in families():
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
        elif kind == "Zs":  # a narrow blank, as French has it, is a blank still
            kept.append("\u00a0" if letter == "\u202f" else " ")
    return "".join(kept)


def foot_of(letter: Letter, page: int, of_all: int) -> tuple[str, str]:
    """What stands at the foot of a page."""
    with speaking(letter.language):
        number = gettext("Page %(page)s of %(pages)s") % {"page": page, "pages": of_all}
    return _short(f"{letter.organisation} · {letter.reference}", 70), number


def _short(text: str, most: int) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"
