"""Words of a DOCX that are hidden, white on white, or tiny, by themselves or by their style.

Runs in the shut-in process only (`child.py`).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from candidates.documents.reading import xml
from candidates.documents.reading.unseen import TINY_POINTS, is_white

OFF = {"0", "false", "off", "none"}
PART = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", re.IGNORECASE)
COLOURED = {"tbl", "txbxContent", "pict"}
"""Inside these the ground may be of any colour: white words are taken for seen."""


@dataclass(frozen=True)
class _Look:
    """How words look; None: as around them."""

    hidden: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    ground: bool | None = None  # something coloured lies behind them

    def over(self, below: "_Look") -> "_Look":
        own = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **own)

    def is_unseen(self, on_colour: bool) -> bool:
        return bool(self.hidden or self.tiny or (self.white and not self.ground and not on_colour))


def find(path: Path) -> list[str]:
    with xml.archive(path) as archive:
        names = [name for name in archive.namelist() if PART.fullmatch(name)]
        roots = [xml.tree(archive, name) for name in names]
        styles = _styles(archive)
    behind = any(_lies_behind(each) for root in roots for each in root.iter())
    return [words for root in roots for words in _unseen(root, styles, on_colour=behind)]


def _name(each: Element) -> str:
    return str(each.tag).rpartition("}")[2]


def _value(each: Element, name: str = "val") -> str:
    return next((value for key, value in each.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(each: Element, name: str) -> Element | None:
    return next((child for child in each if _name(child) == name), None)


def _lies_behind(each: Element) -> bool:
    """A picture or drawing behind the words, or a page of another colour."""
    if _name(each) == "anchor":
        return _value(each, "behindDoc").lower() not in {"", *OFF}
    return _name(each) == "background" and not is_white(_value(each, "color"))


def _look(properties: Element | None) -> _Look:
    facts: dict[str, Any] = {}
    for each in properties if properties is not None else ():
        name, value = _name(each), _value(each)
        if name == "vanish":
            facts["hidden"] = value.lower() not in OFF
        elif name == "color":
            facts["white"] = is_white(value)
        elif name == "sz" and value.isdigit():
            facts["tiny"] = int(value) / 2 <= TINY_POINTS
        elif name == "shd":
            fill = _value(each, "fill")
            facts["ground"] = fill.lower() != "auto" and not is_white(fill)
        elif name == "highlight":
            facts["ground"] = value.lower() not in {"white", "none"}
    return _Look(**facts)


def _styles(archive: zipfile.ZipFile) -> dict[str, _Look]:
    if "word/styles.xml" not in archive.namelist():
        return {}
    found: dict[str, tuple[str, _Look]] = {}
    for each in xml.tree(archive, "word/styles.xml"):
        if _name(each) == "style":
            look = _look(_child(each, "rPr")).over(_look(_child(each, "pPr")))
            based = _child(each, "basedOn")
            found[_value(each, "styleId")] = _value(based) if based is not None else "", look
    return {name: _whole(name, found) for name in found}


def _whole(name: str, found: dict[str, tuple[str, _Look]]) -> _Look:
    look, seen = _Look(), set()
    while name in found and name not in seen:
        seen.add(name)
        name, below = found[name]
        look = look.over(below)
    return look


def _unseen(root: Element, styles: dict[str, _Look], *, on_colour: bool) -> Iterator[str]:
    stack = [(root, _Look(), on_colour, "")]
    words: list[str] = []
    while stack:
        each, look, coloured, closing = stack.pop()
        name = closing or _name(each)
        if closing:
            yield "".join(words)
            words = []
        elif name == "t":
            if look.is_unseen(coloured):
                words.append(each.text or "")
        else:
            if name in {"p", "r"}:
                look = _styled(each, name, styles).over(look)
            if name == "p":
                stack.append((each, look, coloured, "p"))
            coloured = coloured or name in COLOURED
            stack.extend((child, look, coloured, "") for child in reversed(each))


def _styled(each: Element, name: str, styles: dict[str, _Look]) -> _Look:
    properties = _child(each, f"{name}Pr")
    style = _child(properties, f"{name}Style") if properties is not None else None
    return _look(properties).over(styles.get(_value(style), _Look()) if style is not None else _Look())
