"""The words of a DOCX. Runs in the shut-in process only (`child.py`)."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from ats.sandbox.child import Unreadable
from candidates.documents.reading import xml
from candidates.documents.reading.found import Found

NEEDS = ("defusedxml.ElementTree",)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(path: Path, folder: Path) -> Found:
    with xml.archive(path) as archive:
        names = archive.namelist()
        parts = [name for name in names if re.fullmatch(r"word/header\d*\.xml", name)]
        parts += [name for name in names if re.fullmatch(r"word/document\d*\.xml", name)]
        parts += [name for name in names if re.fullmatch(r"word/(footer|footnotes|endnotes)\d*\.xml", name)]
        if not any(name.startswith("word/document") for name in parts):
            raise Unreadable("The file is damaged.")
        texts = ["".join(_words(xml.tree(archive, name))) for name in parts]
    return Found("\n".join(dict.fromkeys(texts)))


def _words(root: Element) -> Iterator[str]:
    marks = {"t": None, "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    for element, closing in xml.walk(root, skip={_FALLBACK, f"{_W}delText", f"{_W}instrText"}):
        tag = element.tag
        if not isinstance(tag, str) or not tag.startswith((_W, _W_STRICT)):
            continue
        name = tag.rpartition("}")[2]
        if closing:
            yield "\n" if name == "p" else "\t" if name == "tc" else ""
        elif name in marks:
            yield marks[name] or element.text or ""
