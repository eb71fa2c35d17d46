"""The words of a DOCX. Runs in the shut-in process only (`child.py`)."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ats.sandbox.child import Unreadable
from candidates.documents.reading import asides, xml
from candidates.documents.reading.docx_parts import Part
from candidates.documents.reading.docx_story import words_of
from candidates.documents.reading.found import Found

NEEDS = (
    "defusedxml.ElementTree",
    "email.parser",
    "email.policy",
    "html.parser",
    "encodings.cp1252",
    "chardetng_py",
    "striprtf.striprtf",
)


def read(path: Path, folder: Path) -> Found:
    return Found(asides.settled(text_of(path)))


def text_of(file: Path | IO[bytes], *, inside: int = 0) -> str:
    """What stands in a DOCX; `inside` how many others."""
    with xml.archive(file) as archive:
        texts = [words_of(Part(archive, name, inside)) for name in _stories(archive)]
    return "\n".join(dict.fromkeys(texts))


def _stories(archive: zipfile.ZipFile) -> Iterator[str]:
    """The parts that are read, in the order in which they stand on a page."""
    names = archive.namelist()
    bodies = [name for name in names if re.fullmatch(r"word/document\d*\.xml", name)]
    if not bodies:
        raise Unreadable(xml.DAMAGED)
    yield from (name for name in names if re.fullmatch(r"word/header\d*\.xml", name))
    yield from bodies
    yield from (name for name in names if re.fullmatch(r"word/(footer|footnotes|endnotes)\d*\.xml", name))
