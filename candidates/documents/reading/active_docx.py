"""Templates, pictures and objects from elsewhere, and fields that fetch, in a DOCX: in every part of it.

Runs in the shut-in process only (`child.py`).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from candidates.documents.domain.findings import Holds
from candidates.documents.reading import xml
from candidates.documents.reading.active import ELSEWHERE, FETCHES, ORDINARY_LINK

NEEDS = ("defusedxml.ElementTree",)

EXTERNAL = {"attachedTemplate": Holds.TEMPLATE}
INTERNAL = {
    "oleObject": Holds.EMBEDDED,
    "package": Holds.EMBEDDED,
    "control": Holds.SCRIPT,
    "activeXControlBinary": Holds.SCRIPT,
    "vbaProject": Holds.SCRIPT,
}
FOLDERS = {"embeddings": Holds.EMBEDDED, "activex": Holds.SCRIPT}
PAGE, OTHER = re.compile(r"\.(x?html?|mht(ml)?|txt)$"), re.compile(r"\.(rtf|doc[xm]?|od[tsp]|xls[xm]?|pdf)$")
LOADS = re.compile(
    rb"""(?:src|background)\s*=\s*(?:3d)?["']?\s*(?:https?:|file:|//|\\\\)|url\(["']?https?:""", re.I
)
RUNS = re.compile(rb"<script|javascript:", re.IGNORECASE)


def look(path: Path) -> set[Holds]:
    found: set[Holds] = set()
    with xml.archive(path) as archive:
        for name in archive.namelist():
            found.update(_of_member(archive, name))
    return found


def _of_member(archive: zipfile.ZipFile, name: str) -> Iterator[Holds]:
    lower = name.lower()
    yield from (holds for folder, holds in FOLDERS.items() if f"/{folder}/" in f"/{lower}")
    if lower.endswith(".rels"):
        yield from _relations(xml.tree(archive, name))
    elif lower.endswith(".xml"):
        yield from _in_part(xml.tree(archive, name))
    elif OTHER.search(lower):
        yield Holds.EMBEDDED
    elif PAGE.search(lower):  # a document of another kind that is shown as part of this one
        content = xml.member(archive, name)
        if LOADS.search(content):
            yield Holds.REMOTE
        if RUNS.search(content):
            yield Holds.SCRIPT


def _relations(root: Element) -> Iterator[Holds]:
    for each in root.iter():
        kind = each.get("Type", "").rpartition("/")[2]
        target = each.get("Target", "")
        if each.get("TargetMode", "").lower() == "external":
            if kind != "hyperlink":
                yield EXTERNAL.get(kind, Holds.REMOTE)
            elif not ORDINARY_LINK.match(target) and ELSEWHERE.match(target):
                yield Holds.LAUNCH
        elif kind in INTERNAL:
            yield INTERNAL[kind]


@dataclass
class _Field:
    said: str = ""
    told: bool = False  # from its separator on comes what it printed last


def _in_part(root: Element) -> Iterator[Holds]:
    """Fields, whose words may stand in many runs and come out of other fields; addresses in old drawings."""
    fields: list[_Field] = []
    for each in root.iter():
        if not isinstance(each.tag, str):
            continue
        name = each.tag.rpartition("}")[2]
        values = {key.rpartition("}")[2]: value for key, value in each.attrib.items()}
        if name == "fldSimple" and FETCHES.match(values.get("instr", "")):
            yield Holds.FIELDS
        elif name == "fldChar":
            yield from _field_sign(fields, values.get("fldCharType"))
        elif name in {"instrText", "delInstrText", "t"}:
            for field in fields:
                if not field.told:
                    field.said += each.text or ""
        if any(ELSEWHERE.match(values.get(key, "")) for key in ("src", "althref")):
            yield Holds.REMOTE
    yield from (Holds.FIELDS for field in fields if FETCHES.match(field.said))


def _field_sign(fields: list[_Field], kind: str | None) -> Iterator[Holds]:
    if kind == "begin":
        fields.append(_Field())
    elif fields and kind == "separate":
        fields[-1].told = True
    elif fields and kind == "end" and FETCHES.match(fields.pop().said):
        yield Holds.FIELDS
