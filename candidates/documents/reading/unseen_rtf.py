"""Words of an RTF that are hidden, white on white, or tiny. Runs in the shut-in process only (`child.py`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from candidates.documents.reading.active_rtf import TOKEN, text_of
from candidates.documents.reading.unseen import NEARLY_WHITE, TINY_POINTS

COLOUR = re.compile(rb"(?:\\c(?:theme|tint|shade)\w*\s*)*(?:\\red(\d+)\s*\\green(\d+)\s*\\blue(\d+)[^;]*)?;")
TABLE = re.compile(rb"\{\\colortbl\s*((?:[^{}])*)\}")
ON_COLOUR = re.compile(rb"\\(?:chcbpat|cbpat|clcbpat|trcbpat|highlight|shp|background)\d*\b")
ASIDE = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "object", "listtable", "themedata"}


@dataclass
class _State:
    hidden: bool = False
    tiny: bool = False
    white: bool = False
    aside: bool = False  # no words of the text

    @property
    def unseen(self) -> bool:
        return not self.aside and (self.hidden or self.tiny or self.white)


def find(path: Path) -> list[str]:
    content = path.read_bytes()
    table = TABLE.search(content)
    whites = {
        number for number, each in enumerate(COLOUR.findall(table[1] if table else b"")) if _is_white(each)
    }
    if ON_COLOUR.search(content):
        whites = set()
    return ["".join(_words(content, whites))]


def _is_white(parts: tuple[bytes, ...]) -> bool:
    return all(parts) and min(map(int, parts)) >= NEARLY_WHITE


def _words(content: bytes, whites: set[int]) -> Iterator[str]:
    states, at, begins = [_State()], 0, False
    while match := TOKEN.search(content, at):
        at = match.end()
        word, number, code, sign, brace, plain = match.groups()
        state = states[-1]
        if brace == b"{":
            states.append(replace(state))
        elif brace:
            states[1:] = states[1:-1]
        elif word == b"bin":
            at += max(0, int(number or 0))
        elif word and word != b"u":
            _set(state, word.decode(), number, whites)
        elif sign == b"*" and begins:
            state.aside = True  # a destination that some programs do not know: nothing of the text
        elif state.unseen:
            yield text_of(number, code, sign, plain)
        begins = brace == b"{"
        if word in {b"par", b"tab", b"line", b"cell"} and state.unseen:
            yield " "


def _set(state: _State, word: str, number: bytes | None, whites: set[int]) -> None:
    value = int(number) if number is not None else None
    if word == "v":
        state.hidden = value != 0
    elif word == "fs" and value is not None:
        state.tiny = value / 2 <= TINY_POINTS
    elif word == "cf":
        state.white = (value or 0) in whites
    elif word == "plain":
        state.hidden = state.tiny = state.white = False
    elif word in ASIDE:
        state.aside = True
