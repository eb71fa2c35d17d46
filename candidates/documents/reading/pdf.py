"""The words of a PDF and pictures of its pages, by PDFium, which runs no script of the file.

Runs in the shut-in process only (`child.py`).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ats.sandbox.child import Unreadable
from candidates.documents.reading import hyphens
from candidates.documents.reading.found import Found, Size
from candidates.documents.reading.pdf_page import words_of

NEEDS = ("pypdfium2", "PIL.PngImagePlugin", "PIL.JpegImagePlugin")

MAX_TEXT_PAGES = 60
MAX_PICTURES = 20
MAX_NAMED = 5
PICTURE_WIDTH = 1000
MAX_PICTURE_HEIGHT = 3000
MANY_COLOURS = 4096

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
    pictures: list[int] = []
    for index in range(min(len(document), MAX_TEXT_PAGES)):
        try:
            page = document[index]
            texts.append(words_of(page))
            if not texts[-1].strip() and pdfium.raw.FPDFPage_CountObjects(page):
                pictures.append(index + 1)
            if index < MAX_PICTURES:
                found.pages.append(_picture(page, folder / f"page-{index + 1}"))
            page.close()
        except pdfium.PdfiumError:
            if index == 0:
                raise Unreadable(DAMAGED) from None
            found.unread.append(f"Its pages from the {index + 1}th on are damaged.")
            break
    found.text = hyphens.mended("\n\n".join(texts))
    if found.text.strip():
        found.unread += _unsaid(found.text, pictures)
    found.unread += _left_out(document)
    if HYBRID.search(path.read_bytes()[-HYBRID_SAID:]):
        found.unread.append("The document that it was made from is attached to it and was not read.")
    return found


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


def _unsaid(text: str, pictures: list[int]) -> Iterator[str]:
    """What a person sees of it and no reader does, in words."""
    if pictures:
        some = ", ".join(str(number) for number in pictures[:MAX_NAMED])
        some += " and more" if len(pictures) > MAX_NAMED else ""
        yield f"There are no words that can be read on page {some}, perhaps only a picture of them."
    if len(MEANINGLESS.findall(text)) * 10 > len(text):
        yield "Part of its text is in signs without a meaning, and cannot be read. Printed to a new PDF, it may be."


def _left_out(document: Any) -> Iterator[str]:
    """What of it was not read, in words."""
    if len(document) > MAX_TEXT_PAGES:
        yield f"Only the first {MAX_TEXT_PAGES} of its {len(document)} pages were read."
    attached = document.count_attachments()
    names = [document.get_attachment(index).get_name() for index in range(min(attached, MAX_NAMED))]
    for name in names:
        yield f"Another file is attached to it and was not read: {' '.join(name.split())[:100] or 'it has no name'}."
    if attached > MAX_NAMED:
        yield f"And {attached - MAX_NAMED} more attached files."


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
