"""The words of an ODT. Runs in the shut-in process only (`child.py`)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from ats.sandbox.child import Unreadable
from candidates.documents.reading import asides, xml
from candidates.documents.reading.found import Found
from candidates.documents.reading.story import Story

NEEDS = ("defusedxml.ElementTree",)

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"

UNSEEN = {
    *(f"{_T}tracked-changes", f"{_T}sequence-decls"),
    *(f"{_OFFICE}annotation", f"{_OFFICE}forms"),
    *(f"{_SVG}title", f"{_SVG}desc"),
}
NOTE, RUBY = f"{_T}note", f"{_T}ruby"
WHOLE = {NOTE, RUBY, *UNSEEN}
PARAGRAPHS = {f"{_T}p", f"{_T}h"}
LINKS = {f"{_T}a", f"{_DRAW}a"}
MARKS = {f"{_T}tab": "\t", f"{_T}line-break": "\n"}
HEADERS = [f"{_STYLE}{name}" for name in ("header", "header-first", "header-left")]
FOOTERS = [f"{_STYLE}{name}" for name in ("footer", "footer-first", "footer-left")]


def read(path: Path, folder: Path) -> Found:
    with xml.archive(path) as archive:
        body = xml.tree(archive, "content.xml").find(f"{_OFFICE}body")
        if body is None:
            raise Unreadable(xml.DAMAGED)
        notes: list[Element] = []
        texts = [*_on_every_page(archive, HEADERS), _words(body, notes)]
        texts += [_words(note, []) for note in notes]
        texts += _on_every_page(archive, FOOTERS)
    return Found(asides.settled("\n".join(dict.fromkeys(texts))))


def _on_every_page(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """What stands at the top or the bottom of the pages; it lies among their styles."""
    styles = xml.tree_if_there(archive, "styles.xml")
    for page in () if styles is None else styles.iter(f"{_STYLE}master-page"):
        for part in page:
            if part.tag in names and part.get(f"{_STYLE}display") != "false":
                yield _words(part, [])


def _words(root: Element, notes: list[Element]) -> str:
    """The words below `root`; the notes that are met on the way come to the others, for the end."""
    story = Story()
    for element, closing in xml.walk(root, skip=(), whole=WHOLE):
        if element.tag == NOTE:
            notes += element.findall(f"{_T}note-body")
        elif element.tag == RUBY:
            base, reading = (_text(element, f"{_T}{part}") for part in ("ruby-base", "ruby-text"))
            story.write(asides.ruby(base, reading))
        elif closing:
            _closes(element, story)
        elif element.tag not in UNSEEN:
            _opens(element, story)
        if element.tag in WHOLE:
            _goes_on(element, story)
    return story.text


def _opens(element: Element, story: Story) -> None:
    if element.tag in PARAGRAPHS:
        story.begin()
    if element.tag == f"{_T}s":
        story.write(" ")
    elif element.tag in MARKS:
        story.write(MARKS[element.tag])
    if story.in_paragraph and element.text:
        story.write(element.text)


def _closes(element: Element, story: Story) -> None:
    if element.tag in PARAGRAPHS:
        story.end()
    elif element.tag in LINKS:
        story.write(asides.link(element.get(_HREF, "")))
    _goes_on(element, story)


def _goes_on(element: Element, story: Story) -> None:
    """What stands behind an element, in the paragraph around it."""
    if story.in_paragraph and element.tail:
        story.write(element.tail)


def _text(element: Element, name: str) -> str:
    return "".join("".join(part.itertext()) for part in element.findall(name))
