"""What is taken for a word, in what people write and in what is asked: both go the same way, so that they meet.

Without accents and case, taken apart at every sign ("ISO-27001" is "ISO 27001", "Node.js" is "Node" and "js"), and
the few names that are nothing but signs spelled out. A text keeps more than its words: beside two of them what they
make as one ("front-end" is "frontend"), beside a word with a number the word alone ("Java8" is "Java" too), each at
the places of the words that it stands for, so that it is found within a phrase. Where words have no gaps between
them (Chinese, Japanese, Korean, Thai) each two letters are a word.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from candidates.people.domain.letters import folded, spelled_out

SPELLED = (("c++", "cplusplus "), ("c#", "csharp "), ("f#", "fsharp "))
_NET = re.compile(r"(^|[^a-z0-9]|\b(?:asp|ado|vb))\.net")
"""The platform, and not the end of some address; whoever asks for "net" or "dotnet" means it too."""

LONGEST = 60
"""Longer ones are no words of anybody's; the database would refuse them from 2,046 bytes on."""
SHORTEST_STEM = 3
"""Who asks for "html" means "HTML5" too; shorter ones are halves of codes ("EC2", "SE1", "W2"), or what stands before
any number ("of 59"), and would make up half of what is found by."""
MOST_PLACES = 16_383
"""The database counts the places of words no further."""
NAME = "@"
"""Stands before each word of a name once more: by it, and by its beginning, people are found by name alone."""

_GAPLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)


def _marks() -> str:
    """The signs that belong to the letter before them, as the vowels of Hindi: kept, for they tell words apart."""
    codes = [
        code
        for code in range(0x300, sys.maxunicode)
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} and not unicodedata.combining(chr(code))
    ]
    return "".join(map(chr, codes))


_ASCII_WORD = re.compile("([a-z0-9]+)")
_WORD = re.compile(rf"[\w{_marks()}]+")
_RUN = re.compile(rf"(?P<gapless>[{_GAPLESS}]+)|[^{_GAPLESS}]+")
_WITH_NUMBER = re.compile(r"([^\W\d_]+)\d{1,5}")
_GLUE = re.compile(r"['-]|-[ \t]*\n\s*")
"""What joins two words to one: a dash, also at the end of a line, and an apostrophe."""
_JOIN_BY_A_GAP = frozenset({"js"})
_BEFORE_NUMBER = frozenset({"", "-", "/", " ", "\u00a0"})


class Piece(NamedTuple):
    """A word as it is compared, what stands before it, and whether it is of a writing without gaps."""

    text: str
    gap: str
    is_gapless: bool = False


def pieces(text: str) -> list[Piece]:
    """The words of a folded text, one by one."""
    for told, word in (*SPELLED, ("_", " ")):
        text = text.replace(told, word)
    text = _NET.sub(r"\1 dotnet net", text)
    if text.isascii():
        return _of_ascii(text)
    found, end = [], 0
    for start, stop, is_gapless in _cut(text):
        found.append(Piece(text[start : min(stop, start + LONGEST)], text[end:start], is_gapless))
        end = stop
    return found


def _of_ascii(text: str) -> list[Piece]:
    """Gap and word by turns; the longest are cut as everywhere."""
    parts = _ASCII_WORD.split(text)
    return [Piece(parts[place][:LONGEST], parts[place - 1]) for place in range(1, len(parts), 2)]


def _cut(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each word begins and ends, and whether it is of a writing without gaps."""
    for match in _WORD.finditer(text):
        if match[0].isascii():
            yield match.start(), match.end(), False
            continue
        for run in _RUN.finditer(match[0]):
            yield match.start() + run.start(), match.start() + run.end(), run.lastgroup is not None


def pairs(run: str) -> list[str]:
    """Each two letters that follow each other in a writing without gaps."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


class Word(NamedTuple):
    """A word of a text and its place, counted from 1."""

    text: str
    place: int


def words(text: str, *, is_name: bool = False) -> list[Word]:
    """All by which a text is found."""
    plain = pieces(folded(text))
    umlauts = pieces(other) if (other := spelled_out(text)) else []
    found: list[Word] = []
    place, before = 0, Piece("", "")
    for number, piece in enumerate(plain):
        first = place + 1
        place = _of_one(piece, first, found, is_name=is_name)
        may_join = is_name or piece.gap != " " or piece.text in _JOIN_BY_A_GAP or piece.text.isdecimal()
        if number and may_join and (one := _as_one(before, piece, is_name=is_name)):
            found += (Word(one, first - 1), Word(one, place))
        before = piece
        if umlauts and len(umlauts) == len(plain) and umlauts[number].text != piece.text:
            found.append(Word(umlauts[number].text, place))
    return found


def _of_one(piece: Piece, place: int, found: list[Word], *, is_name: bool) -> int:
    """Adds what one word is found by; the last place that it takes."""
    text = piece.text
    if piece.is_gapless:
        found += (Word(pair, place + number) for number, pair in enumerate(pairs(text)))
        if len(text) > 1:  # who asks for the last letter alone finds it as the beginning of something
            found.append(Word(text[-1], place + len(text) - 2))
        return place + max(0, len(text) - 2)
    found.append(Word(text, place))
    if text[-1] == "s" and text.endswith("js") and len(text) > 4:
        found.append(Word(text[:-2], place))
    elif not text.isalpha() and (match := _WITH_NUMBER.fullmatch(text)) and len(match[1]) >= SHORTEST_STEM:
        found.append(Word(match[1], place))
    if is_name and (short := without_spelling_out(text)) != text:
        found.append(Word(short, place))
    return place


def without_spelling_out(word: str) -> str:
    """ "mueller" as "muller", as somebody writes who leaves out what their keyboard has not."""
    return re.sub(r"(?<![aeoq])([aou])e", r"\1", word)


def _as_one(before: Piece, piece: Piece, *, is_name: bool) -> str:
    """The two as one word, where somebody may write them so: of a name any two ("van der Berg", "Vanderberg")."""
    if before.is_gapless or piece.is_gapless:
        return ""
    one = before.text + piece.text
    if len(one) > LONGEST:
        return ""
    if piece.text.isdecimal():
        fits = piece.gap in _BEFORE_NUMBER and len(piece.text) <= 5 and before.text.isalpha()
        return one if fits and (piece.gap in {"-", "/"} or len(before.text) >= SHORTEST_STEM) else ""
    if not (before.text.isalpha() and piece.text.isalpha()):
        return ""
    if is_name or _GLUE.fullmatch(piece.gap) or (piece.text in _JOIN_BY_A_GAP and piece.gap in {".", " "}):
        return one
    return ""
