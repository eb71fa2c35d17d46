"""XML in an archive, as DOCX and ODT are. Runs in the shut-in process only (`child.py`)."""

import zipfile
from collections.abc import Container, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from ats.sandbox.child import Unreadable

MAX_XML = 30 * 1024 * 1024


def archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Unreadable("The file is damaged.") from None


def member(opened: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member, which may be of any size."""
    with opened.open(name) as part:
        content = part.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        raise Unreadable("It holds far more than a document does.")
    return content


def tree(opened: zipfile.ZipFile, name: str) -> Element:
    """One member as elements, without entities."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(member(opened, name), forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable("It refers to things outside itself, which no document needs.") from None
    except ParseError:
        raise Unreadable("The file is damaged.") from None


def walk(root: Element, *, skip: Container[str]) -> Iterator[tuple[Element, bool]]:
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
