"""XML in an archive, as DOCX and ODT are. Runs in the shut-in process only (`child.py`)."""

import zipfile
import zlib
from collections.abc import Container, Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from ats.sandbox.child import Unreadable

MAX_XML = 30 * 1024 * 1024
DAMAGED = "The file is damaged."


def archive(file: Path | IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Unreadable(DAMAGED) from None


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
        raise Unreadable(DAMAGED) from None


def tree_if_there(opened: zipfile.ZipFile, name: str) -> Element | None:
    """The same of a member without which the document can be read as well: one that is broken is no loss."""
    if name not in opened.namelist():
        return None
    try:
        return tree(opened, name)
    except (Unreadable, zipfile.BadZipFile, zlib.error, EOFError):
        return None


def walk(
    root: Element, *, skip: Container[str], whole: Container[str] = ()
) -> Iterator[tuple[Element, bool]]:
    """Each element as it opens (False) and as it closes (True), however deep they lie in each other.

    Those to `skip` are not there; those that are taken `whole` only open, and what is in them does not come.
    """
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        if element.tag in skip:
            continue
        yield element, closing
        if not closing and element.tag not in whole:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
