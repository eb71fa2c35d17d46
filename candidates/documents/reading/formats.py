"""Getting the words out of each kind of file. Runs in the shut-in process only (`child.py`)."""

import re
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from ats.sandbox.child import Unreadable

MAX_CHARACTERS = 200_000
MAX_TEXT_PAGES = 60
MAX_PICTURES = 20
PICTURE_WIDTH = 1000
MAX_PICTURE_HEIGHT = 3000
MANY_COLOURS = 4096
MAX_XML = 30 * 1024 * 1024

Pages = list[tuple[int, int]]
Reader = Callable[[Path, Path], tuple[str, Pages]]

NEEDS = {
    "pdf": ("pypdfium2", "PIL.PngImagePlugin", "PIL.JpegImagePlugin"),
    "docx": ("defusedxml.ElementTree",),
    "odt": ("defusedxml.ElementTree",),
    "rtf": ("striprtf.striprtf", "encodings.cp1252"),
    "txt": ("encodings.utf_16", "encodings.cp1252"),
}
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""}
)
BROKEN_WORD = re.compile(r"[\ufffe\x02]\r?\n?")


def prepare(kind: str) -> None:
    """Load the libraries for this kind while libraries may still be loaded."""
    for module in NEEDS[kind]:
        import_module(module)


# --- PDF


def read_pdf(path: Path, folder: Path) -> tuple[str, Pages]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("It is protected by a password.") from None
        raise Unreadable("The file is damaged.") from None
    if len(document) == 0:
        raise Unreadable("It has no pages.")
    texts: list[str] = []
    pages: Pages = []
    for index in range(min(len(document), MAX_TEXT_PAGES)):
        try:
            page = document[index]
            texts.append(_page_text(page))
            if index < MAX_PICTURES:
                pages.append(_picture(page, folder / f"page-{index + 1}"))
            page.close()
        except pdfium.PdfiumError:
            if index == 0:
                raise Unreadable("The file is damaged.") from None
            break
    return "\n\n".join(texts), pages


def _page_text(page: Any) -> str:
    words = page.get_textpage()
    text = words.get_text_range(0, min(words.count_chars(), MAX_CHARACTERS)) if words.count_chars() else ""
    words.close()
    return BROKEN_WORD.sub("", text).translate(LIGATURES)


def _picture(page: Any, path: Path) -> tuple[int, int]:
    from PIL.Image import Quantize

    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Unreadable("A page of it has no size.")
    scale = min(PICTURE_WIDTH / width, MAX_PICTURE_HEIGHT / height)
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    if image.getcolors(MANY_COLOURS) is None:  # a photograph
        image.save(path, "JPEG", quality=80)
    else:
        image.quantize(64, method=Quantize.FASTOCTREE).save(path, "PNG", compress_level=9)
    return image.size


# --- DOCX and ODT: XML in an archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_docx(path: Path, folder: Path) -> tuple[str, Pages]:
    with _archive(path) as archive:
        names = archive.namelist()
        parts = [name for name in names if re.fullmatch(r"word/header\d*\.xml", name)]
        parts += [name for name in names if re.fullmatch(r"word/document\d*\.xml", name)]
        parts += [name for name in names if re.fullmatch(r"word/(footer|footnotes|endnotes)\d*\.xml", name)]
        if not any(name.startswith("word/document") for name in parts):
            raise Unreadable("The file is damaged.")
        texts = ["".join(_docx_words(_xml(archive, name))) for name in parts]
    return "\n".join(dict.fromkeys(texts)), []


def _docx_words(root: Element) -> Iterator[str]:
    marks = {"t": None, "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    for element, closing in _walk(root, skip={_FALLBACK, f"{_W}delText", f"{_W}instrText"}):
        tag = element.tag
        if not isinstance(tag, str) or not tag.startswith((_W, _W_STRICT)):
            continue
        name = tag.rpartition("}")[2]
        if closing:
            yield "\n" if name == "p" else "\t" if name == "tc" else ""
        elif name in marks:
            yield marks[name] or element.text or ""


def read_odt(path: Path, folder: Path) -> tuple[str, Pages]:
    with _archive(path) as archive:
        return "".join(_odt_words(_xml(archive, "content.xml"))), []


def _odt_words(root: Element) -> Iterator[str]:
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise Unreadable("The file is damaged.")
    skip = {f"{_T}tracked-changes", f"{_OFFICE}annotation", f"{_T}sequence-decls"}
    marks = {f"{_T}tab": "\t", f"{_T}line-break": "\n", f"{_T}s": " "}
    inside = 0
    for element, closing in _walk(body, skip=skip):
        block = element.tag in {f"{_T}p", f"{_T}h"}
        if closing:
            inside -= block
            if block:
                yield "\n"
            if inside and element.tail:
                yield element.tail
        else:
            inside += block
            yield marks.get(element.tag, "")
            if inside and element.text:
                yield element.text


def _walk(root: Element, *, skip: set[str]) -> Iterator[tuple[Element, bool]]:
    """Each element as it opens (False) and as it closes (True), however deep they lie in each other."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        if element.tag in skip:
            continue
        yield element, closing
        if not closing:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Unreadable("The file is damaged.") from None


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with archive.open(name) as member:
        content = member.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        raise Unreadable("It holds far more than a document does.")
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable("It refers to things outside itself, which no document needs.") from None
    except ParseError:
        raise Unreadable("The file is damaged.") from None


# --- RTF and plain text


def read_rtf(path: Path, folder: Path) -> tuple[str, Pages]:
    from striprtf.striprtf import rtf_to_text

    content = path.read_bytes().decode("cp1252", "replace")
    return rtf_to_text(content, errors="ignore"), []


def read_txt(path: Path, folder: Path) -> tuple[str, Pages]:
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), []


READERS: dict[str, Reader] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "txt": read_txt,
}
