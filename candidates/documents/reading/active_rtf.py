"""Objects, templates and fields in an RTF, also where their words are split over groups or written in numbers.

Runs in the shut-in process only (`child.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from candidates.documents.domain.findings import Holds
from candidates.documents.reading.active import FETCHES

NEEDS: tuple[str, ...] = ()

TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
WORDS = {
    **dict.fromkeys(
        ("object", "objdata", "objemb", "objocx", "objlink", "objautlink", "objupdate"), Holds.EMBEDDED
    ),
    "mailmerge": Holds.FIELDS,
    "nextfile": Holds.LAUNCH,
}
GATHERED = {"fldinst", "template", "sv"}
FROM_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|file:|smb:|//|\\\\)", re.IGNORECASE)


@dataclass
class _Group:
    kind: str | None = None  # of those that are gathered
    said: str = ""


def look(path: Path) -> set[Holds]:
    return set(_found(path.read_bytes()))


def _found(content: bytes) -> Iterator[Holds]:
    groups, at = [_Group()], 0
    while match := TOKEN.search(content, at):
        at = match.end()
        word, number, code, sign, brace, plain = match.groups()
        if brace == b"{":
            groups.append(_Group())
        elif brace:
            yield from _closed(groups)
        elif word == b"bin":
            at += max(0, int(number or 0))
        elif word and word != b"u":
            yield from _word(groups[-1], word.decode())
        else:
            _say(groups, text_of(number, code, sign, plain))
    while len(groups) > 1:
        yield from _closed(groups)


def _word(group: _Group, name: str) -> Iterator[Holds]:
    if name in WORDS:
        yield WORDS[name]
    if name in GATHERED:
        group.kind = name


def text_of(number: bytes | None, code: bytes | None, sign: bytes | None, plain: bytes | None) -> str:
    """What a token (`TOKEN`) that is no control word says."""
    if number is not None:
        return chr(int(number) % 65_536)
    if code is not None:
        return bytes([int(code, 16)]).decode("cp1252", "replace")
    if sign is not None:
        return sign.decode("latin-1") if sign in b"\\{}" else ""
    return (plain or b"").decode("latin-1")


def _say(groups: list[_Group], text: str) -> None:
    """Words belong to the group around them that is gathered, however deep they lie."""
    for group in reversed(groups):
        if group.kind:
            group.said += text
            return


def _closed(groups: list[_Group]) -> Iterator[Holds]:
    if len(groups) == 1:  # more are closed than were opened
        return
    group = groups.pop()
    if group.kind == "fldinst" and FETCHES.match(group.said):
        yield Holds.FIELDS
    elif group.kind == "template" and FROM_ELSEWHERE.match(group.said):
        yield Holds.TEMPLATE
    elif group.kind == "sv" and FROM_ELSEWHERE.match(group.said):
        yield Holds.REMOTE
