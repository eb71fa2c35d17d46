"""Words of an ODT that are hidden, white on white, or tiny. Runs in the shut-in process only (`child.py`)."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from candidates.documents.reading import xml
from candidates.documents.reading.unseen import TINY_POINTS, is_white

COLOURED = {"table-cell", "text-box", "custom-shape"}
Style = dict[str, str]


def find(path: Path) -> list[str]:
    with xml.archive(path) as archive:
        names = [name for name in ("styles.xml", "content.xml") if name in archive.namelist()]
        roots = [xml.tree(archive, name) for name in names]
    styles = _styles(roots)
    behind = any(style.get("run-through") == "background" for style in styles.values())
    return [words for root in roots for words in _unseen(root, styles, on_colour=behind)]


def _name(each: Element) -> str:
    return str(each.tag).rpartition("}")[2]


def _values(each: Element) -> Style:
    return {key.rpartition("}")[2]: value for key, value in each.attrib.items()}


def _styles(roots: list[Element]) -> dict[str, Style]:
    """What each style says of letters and their ground, with what it takes from its parents."""
    own: dict[str, Style] = {}
    for root in roots:
        for each in root.iter():
            if _name(each) == "style":
                values = _values(each)
                facts = {"parent": values.get("parent-style-name", "")}
                for child in each:
                    facts |= _values(child)
                own[values.get("name", "")] = facts
    return {name: _whole(name, own) for name in own}


def _whole(name: str, own: dict[str, Style]) -> Style:
    whole: Style = {}
    for _ in range(20):
        if name not in own:
            break
        whole = own[name] | whole
        name = own[name]["parent"]
    return whole


def _is_unseen(style: Style, on_colour: bool) -> bool:
    if style.get("display") == "none":
        return True
    size = re.fullmatch(r"([0-9.]+)pt", style.get("font-size", ""))
    if size and float(size[1]) <= TINY_POINTS:
        return True
    ground = style.get("background-color", "transparent")
    coloured = on_colour or not (ground == "transparent" or is_white(ground))
    return is_white(style.get("color", "")) and not coloured


def _unseen(root: Element, styles: dict[str, Style], *, on_colour: bool) -> Iterator[str]:
    stack: list[tuple[Element, Style, bool, bool]] = [(root, {}, on_colour, False)]
    while stack:
        each, style, coloured, after = stack.pop()
        if after:
            if each.tail and _is_unseen(style, coloured):
                yield each.tail
            continue
        stack.append((each, style, coloured, True))
        name, values = _name(each), _values(each)
        if name in {"p", "h", "span", "section", "a"}:
            style = style | styles.get(values.get("style-name", ""), {})
            if name == "section" and values.get("display") == "none":
                style = style | {"display": "none"}
            if each.text and _is_unseen(style, coloured):
                yield each.text
        elif name in {"hidden-text", "hidden-paragraph"}:
            yield values.get("string-value", "") + (each.text or "")
        coloured = coloured or name in COLOURED
        stack.extend((child, style, coloured, False) for child in reversed(each))
