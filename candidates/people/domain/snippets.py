"""The words of a text around what was asked for, and which of them it is."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from candidates.people.domain.compounds import APART_TOO
from candidates.people.domain.letters import folded
from candidates.people.domain.questions import BEGINNING, alternatives
from candidates.people.domain.words import pieces

AROUND = 60
"""So many characters stand before the first word that was found, and twice as many behind it."""
MOST_MARKED = 6
LATIN = range(0xC0, 0x250)


class Part(NamedTuple):
    text: str
    is_hit: bool


def _as_typed() -> dict[str, str]:
    """By each plain letter all that become it: `e` is `eéèê…`."""
    found: dict[str, str] = defaultdict(str)
    for code in LATIN:
        letter = chr(code)
        if len(plain := folded(letter)) == 1 and plain != letter:
            found[plain] += letter
    return found


_TYPED = _as_typed()


@lru_cache(maxsize=64)
def pattern(question: str) -> "re.Pattern[str] | None":
    """What of a text is marked for this question; None where it asks for nothing that could be."""
    ways = [
        way
        for asked in alternatives(question)
        for part in (*asked.quoted, *asked.words)
        for way in _ways(part)
    ]
    if not ways:
        return None
    ways = sorted(dict.fromkeys(ways), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})", re.IGNORECASE)


def _ways(part: str) -> list[str]:
    is_beginning = BEGINNING.search(part) is not None
    plain = folded(part.rstrip("*") if is_beginning else part)
    return [
        way + ("" if is_beginning else r"(?![^\W_])")
        for spelling in (plain, *APART_TOO.get(plain, ()))
        if (way := r"[\W_]{0,3}".join(_letters(piece.text) for piece in pieces(spelling)))
    ]


def _letters(word: str) -> str:
    return "".join(
        f"[{letter}{_TYPED[letter]}]" if letter in _TYPED else re.escape(letter) for letter in word
    )


def snippet(text: str, question: str) -> list[Part]:
    """One line of the text, cut where the first hit is; empty where there is none to be shown."""
    wanted = pattern(question)
    first = wanted.search(text) if wanted else None
    if wanted is None or first is None:
        return []
    start, end = max(0, first.start() - AROUND), min(len(text), first.end() + 2 * AROUND)
    start = start if start == 0 else _next_gap(text, start, first.start())
    end = end if end == len(text) else _last_gap(text, first.end(), end)
    line = text[start:end]
    return _marked(line, wanted, before="… " if start else "", behind=" …" if end < len(text) else "")


def marked(text: str, question: str) -> list[Part]:
    """The whole of a short text, with what was asked for marked in it."""
    wanted = pattern(question)
    return _marked(text, wanted) if wanted else [Part(text, is_hit=False)]


def _marked(line: str, wanted: "re.Pattern[str]", *, before: str = "", behind: str = "") -> list[Part]:
    parts, end = [Part(before, is_hit=False)], 0
    for number, match in enumerate(wanted.finditer(line)):
        if number == MOST_MARKED or match.end() == match.start():
            break
        parts += (Part(_one_line(line[end : match.start()]), is_hit=False), Part(match[0], is_hit=True))
        end = match.end()
    parts.append(Part(_one_line(line[end:]) + behind, is_hit=False))
    return [part for part in parts if part.text]


def _one_line(text: str) -> str:
    """Breaks and signs that control something become gaps; it is shown, and nothing else."""
    shown = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    return re.sub(r"\s+", " ", shown)


def _next_gap(text: str, start: int, latest: int) -> int:
    gap = re.compile(r"\s").search(text, start, latest)
    return gap.end() if gap else start


def _last_gap(text: str, earliest: int, end: int) -> int:
    gaps = list(re.finditer(r"\s", text[earliest:end]))
    return earliest + gaps[-1].start() if gaps else end
