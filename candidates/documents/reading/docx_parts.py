"""A part of a DOCX and what it refers to: links, drawings, whole documents.

Runs in the shut-in process only (`child.py`).
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from candidates.documents.reading import markup, xml

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAX_INSIDE = 1


@dataclass(frozen=True)
class Part:
    """One part of the archive; it lies in a DOCX that lies in `inside` others."""

    archive: zipfile.ZipFile
    name: str
    inside: int = 0

    @property
    def root(self) -> Element:
        return xml.tree(self.archive, self.name)

    @cached_property
    def _targets(self) -> dict[str, tuple[str, bool]]:
        """What each key refers to, and whether that lies outside of the file."""
        folder, name = posixpath.split(self.name)
        root = xml.tree_if_there(self.archive, f"{folder}/_rels/{name}.rels")
        return {
            each.get("Id", ""): (each.get("Target", ""), each.get("TargetMode") == "External")
            for each in (root if root is not None else ())
        }

    def address(self, key: str) -> str:
        """Where the link with this key leads."""
        target, outside = self._targets.get(key, ("", False))
        return target if outside else ""

    def _path(self, key: str) -> str:
        target, outside = self._targets.get(key, ("", True))
        if outside:
            return ""
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self.name), target))[1:]

    def document(self, key: str) -> str:
        """The words of a document inside this one: a page of a browser, RTF, or another DOCX."""
        path = self._path(key)
        if path not in self.archive.namelist():
            return ""
        content = xml.member(self.archive, path)
        if content.startswith(b"PK"):
            return _docx(content, self.inside)
        if content.lstrip().startswith(b"{\\rtf"):
            from candidates.documents.reading import rtf

            return rtf.text_of(content)
        return markup.text_of(content)

    def diagram(self, key: str) -> str:
        """The words of a diagram (SmartArt), a line for each box."""
        root = xml.tree_if_there(self.archive, self._path(key))
        return "" if root is None else "".join(f"{line}\n" for line in _boxes(root) if line.strip())

    def chart(self, key: str) -> str:
        """The titles and names in a chart, each once."""
        root = xml.tree_if_there(self.archive, self._path(key))
        if root is None:
            return ""
        names = [each.text or "" for each in root.iter(f"{_A}t")]
        names += [
            value.text or "" for cache in root.iter(f"{_CHART}strCache") for value in cache.iter(f"{_CHART}v")
        ]
        return "".join(f"{name}\n" for name in dict.fromkeys(names) if name.strip())


def _docx(content: bytes, inside: int) -> str:
    from candidates.documents.reading.docx import text_of

    return text_of(io.BytesIO(content), inside=inside + 1) if inside < MAX_INSIDE else ""


def _boxes(root: Element) -> Iterator[str]:
    """The boxes of a diagram in the order of its tree: each before those that hang on it."""
    points = {point.get("modelId", ""): point for point in root.iter(f"{_DIAGRAM}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for tie in root.iter(f"{_DIAGRAM}cxn"):
        if tie.get("type", "parOf") == "parOf":
            order = int(tie.get("srcOrd", "0") or 0)
            below.setdefault(tie.get("srcId", ""), []).append((order, tie.get("destId", "")))
    waiting = [key for key, point in points.items() if point.get("type") == "doc"]
    seen: dict[str, None] = {}
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen[key] = None
            waiting += [each for _, each in sorted(below.get(key, []), reverse=True)]
    for key in [*seen, *(key for key in points if key not in seen)]:
        if key in points:
            paragraphs = points[key].iter(f"{_A}p")
            yield " ".join("".join(each.text or "" for each in line.iter(f"{_A}t")) for line in paragraphs)
