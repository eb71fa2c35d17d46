"""The words of an ODT. Runs in the shut-in process only (`child.py`)."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from ats.sandbox.child import Unreadable
from candidates.documents.reading import xml
from candidates.documents.reading.found import Found

NEEDS = ("defusedxml.ElementTree",)

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read(path: Path, folder: Path) -> Found:
    with xml.archive(path) as archive:
        return Found("".join(_words(xml.tree(archive, "content.xml"))))


def _words(root: Element) -> Iterator[str]:
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise Unreadable("The file is damaged.")
    skip = {f"{_T}tracked-changes", f"{_OFFICE}annotation", f"{_T}sequence-decls"}
    marks = {f"{_T}tab": "\t", f"{_T}line-break": "\n", f"{_T}s": " "}
    inside = 0
    for element, closing in xml.walk(body, skip=skip):
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
