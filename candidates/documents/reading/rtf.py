"""The words of an RTF file. Runs in the shut-in process only (`child.py`).

striprtf reads the words; what it passes over, or cannot know to be gone, is cut out before and read by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from candidates.documents.reading import asides
from candidates.documents.reading.found import Found

NEEDS = ("striprtf.striprtf", "encodings.cp1252", "encodings.mac_roman")

BRACE = re.compile(r"\\[\\{}]|[{}]")
GROUP = re.compile(
    r"\{\s*(?:\\\*\s*)?\\(header|footer|footnote|pgdsctbl|shp|field)[lrf]?(?![a-z])"
    r"|\{(?:\\[a-z]+-?\d* ?){0,30}?\\(deleted)(?![a-z0-9])"
)
BOX = re.compile(r"\{\s*\\shptxt(?![a-z])")
TARGET = re.compile(r'HYPERLINK\s+"([^"{}]*)"')
CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
ONE_BYTE = frozenset(("874", *(str(number) for number in range(1250, 1259))))
DEFAULT_FONT = re.compile(r"\\deff\d+")


@dataclass
class _Stories:
    """What stands at the top and at the bottom of the pages, and the notes."""

    header: list[str] = field(default_factory=list)
    footnote: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


def read(path: Path, folder: Path) -> Found:
    return Found(asides.settled(text_of(path.read_bytes())))


def text_of(content: bytes) -> str:
    page = CODE_PAGE.search(content[:4096].decode("latin-1"))
    one_byte = page and page[1] in ONE_BYTE
    text = content.decode(f"cp{page[1]}" if page and one_byte else "cp1252", "replace")
    stories = _Stories()
    body = _stripped(_edited(text, stories), text)
    beside = [
        [_stripped(f"{_head(text)}{_edited(group, _Stories())}}}", text) for group in groups]
        for groups in (stories.header, stories.footnote, stories.footer)
    ]
    texts = [*beside[0], body, *beside[1], *beside[2]]
    return "\n".join(dict.fromkeys(each.strip() for each in texts if each.strip()))


def _stripped(rtf: str, whole: str) -> str:
    from striprtf.striprtf import rtf_to_text

    charset = "mac_roman" if re.match(r"\s*\{\\rtf\d*\s*\\mac\b", whole) else "cp1252"
    return rtf_to_text(rtf.replace("HYPERLINK", ""), encoding=charset, errors="ignore")


def _head(text: str) -> str:
    """The beginning of a file with the same fonts and letters."""
    from striprtf.striprtf import font_table_group

    page, font = CODE_PAGE.search(text[:4096]), DEFAULT_FONT.search(text[:4096])
    return rf"{{\rtf1\ansi{page[0] if page else ''}{font[0] if font else ''}{font_table_group(text)}"


def _edited(text: str, stories: _Stories) -> str:
    """The text without what is read by itself, and without what was deleted; its links have their notes."""
    out, at = [], 0
    for start, end, instead in sorted(_edits(text, stories)):
        if start >= at:
            out += [text[at:start], instead]
            at = end
    return "".join([*out, text[at:]])


def _edits(text: str, stories: _Stories) -> Iterator[tuple[int, int, str]]:
    """From where to where something else takes its place, and what."""
    ends = _ends(text)
    taken = 0
    for group in GROUP.finditer(text):
        start, end, name = group.start(), ends.get(group.start(), len(text)), group[1] or group[2]
        if start < taken:
            continue
        if name == "field":
            target = TARGET.search(text, start, end)
            note = asides.link(target[1].replace("\\", "")) if target else ""
            yield end, end, note
            continue
        taken = end
        if name in {"header", "footnote", "footer"}:
            getattr(stories, name).append("{" + text[group.end() : end])
        yield start, end, _boxes(text, start, end, ends) if name == "shp" else ""


def _boxes(text: str, start: int, end: int, ends: dict[int, int]) -> str:
    """The words in the boxes of a shape, in lines of their own."""
    boxes = (text[box.end() : ends.get(box.start(), end)] for box in BOX.finditer(text, start, end))
    return "".join(rf"{{\par {box}\par " for box in boxes)


def _ends(text: str) -> dict[int, int]:
    """Where each group that opens at a place is over."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for brace in BRACE.finditer(text):
        if brace.group() == "{":
            waiting.append(brace.start())
        elif brace.group() == "}" and waiting:
            ends[waiting.pop()] = brace.end()
    return ends
