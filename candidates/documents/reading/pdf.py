"""The words of a PDF and pictures of its pages, by PDFium, which runs no script of the file.

Runs in the shut-in process only (`child.py`).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from ats.kernel.kept import kept
from ats.sandbox.child import Unreadable
from candidates.documents.domain import findings
from candidates.documents.reading import hyphens, pdf_attached, pdf_links
from candidates.documents.reading.found import PICTURE, Found, Size
from candidates.documents.reading.pdf_page import words_of

NEEDS = ("pypdfium2", "PIL.PngImagePlugin", "PIL.JpegImagePlugin")

MAX_TEXT_PAGES = 60
MAX_PICTURES = 20
MAX_NAMED = 5
PICTURE_WIDTH = 1000
MAX_PICTURE_HEIGHT = 3000
MANY_COLOURS = 4096
LONG_SECONDS = 2
"""A file that takes longer than this leaves what was read after each further page: its time may be up any moment."""

MEANINGLESS = re.compile("[\x01-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
"""What letters come out as where a font does not say which they are."""

HYBRID = re.compile(rb"/AdditionalStreams\s*\[")
HYBRID_SAID = 4096
"""LibreOffice attaches its own document in a way of its own, which stands in the last lines of the file."""

LOCKED = "It is protected by a password."
OTHER_LOCK = "It is protected in a way that only some programs can open."
DAMAGED = "The file is damaged."
ADOBES_FORM = (
    "It is a form whose pages only Adobe's own reader can show. Printed to a new PDF, it can be read."
)


def read(path: Path, folder: Path) -> Found:
    import pypdfium2 as pdfium

    document = _opened(path)
    found = Found("")
    texts: list[str] = []
    long_from = monotonic() + LONG_SECONDS
    for index in range(min(len(document), MAX_TEXT_PAGES)):
        try:
            page = document[index]
            found.links += pdf_links.targets(document, page)
            _read_page(page, index + 1, texts, found, folder)
        except pdfium.PdfiumError:
            if index == 0:
                raise Unreadable(DAMAGED) from None
            found.unread.append(kept(f"Its pages from the {index + 1}th on are damaged."))
            break
        if monotonic() > long_from:
            _so_far(document, texts, found).leave_so_far(folder)
    found.text = hyphens.mended("\n\n".join(texts))
    found.europass, taken = pdf_attached.europass(document)
    found.unread += [*_unsaid(found.text), *_left_out(document, taken)]
    if HYBRID.search(path.read_bytes()[-HYBRID_SAID:]):
        found.unread.append(findings.HYBRID)
    return found


def _read_page(page: Any, number: int, texts: list[str], found: Found, folder: Path) -> None:
    import pypdfium2.raw as pdfium

    words = words_of(page).replace(PICTURE, "\n")
    if not words.strip() and pdfium.FPDFPage_CountObjects(page):
        words = PICTURE
        found.pictures.append(number)
    texts.append(words)
    if number <= MAX_PICTURES:
        found.pages.append(_picture(page, folder / f"page-{number}"))
    page.close()


def _so_far(document: Any, texts: list[str], found: Found) -> Found:
    """What the file holds if no further page can be read in its time."""
    read, there = len(texts), len(document)
    missing = [kept(f"Only the first {read} of its {there} pages were read, for it took too long.")]
    unread = (missing if read < there else []) + found.unread
    return Found(hyphens.mended("\n\n".join(texts)), found.pages, unread, found.pictures, found.links)


def _opened(path: Path) -> Any:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        said = str(error).lower()
        locked = LOCKED if "password" in said else OTHER_LOCK if "security" in said else DAMAGED
        raise Unreadable(locked) from None
    if len(document) == 0:
        raise Unreadable("It has no pages.")
    form = document.get_formtype()
    if form == pdfium.raw.FORMTYPE_XFA_FULL:
        raise Unreadable(ADOBES_FORM)
    if form != pdfium.raw.FORMTYPE_NONE:
        document.init_forms()
    return document


def _unsaid(text: str) -> Iterator[str]:
    """What a person sees of it and no reader does, in words."""
    if text.strip() and len(MEANINGLESS.findall(text)) * 10 > len(text):
        yield "Part of its text is in signs without a meaning, and cannot be read. Printed to a new PDF, it may be."


def _left_out(document: Any, taken: str) -> Iterator[str]:
    """What of it was not read, in words; `taken` is the name of what is attached and was."""
    if len(document) > MAX_TEXT_PAGES:
        yield kept(f"Only the first {MAX_TEXT_PAGES} of its {len(document)} pages were read.")
    attached = document.count_attachments()
    names = [document.get_attachment(index).get_name() for index in range(min(attached, MAX_NAMED))]
    for name in filter(lambda name: not taken or name != taken, names):
        yield findings.ATTACHED.format(name=" ".join(name.split())[:100] or "it has no name")
    if attached > MAX_NAMED:
        yield kept(f"And {attached - MAX_NAMED} more attached files.")


def _picture(page: Any, path: Path) -> Size:
    from PIL.Image import Quantize

    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Unreadable("A page of it has no size.")
    scale = min(PICTURE_WIDTH / width, MAX_PICTURE_HEIGHT / height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    if image.getcolors(MANY_COLOURS) is None:  # a photograph
        image.save(path, "JPEG", quality=80)
    else:
        # Level 9 takes five times as long for files that are 2 % smaller.
        image.quantize(64, method=Quantize.FASTOCTREE).save(path, "PNG", compress_level=6)
    return image.size
