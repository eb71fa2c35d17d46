"""What a text to a candidate lacks, and what of it is a person's own.

A template comes with places to fill in. One that was left empty says nothing where something was promised, so
such a text is not sent by accident; and only what somebody added to a template is their own word.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from ats.kernel.errors import Invalid
from ats.kernel.kept import quoted
from ats.kernel.staff_words import gettext

_BARE = re.compile(r"^\s*(?:[-*•\u2013\u2014·]|\d+[.)]|[-\u2013\u2014_.…\s]{3,}|…)\s*$")
"""A line that is nothing but the sign of a list, or a line to write on."""
_BLANK = re.compile(r"_{3,}|\.{5,}|\[[^\]\n]{0,40}\](?!\()|<[^<>\n@/]{1,40}>|\b(?:TBD|TBC|X{3,})\b")
"""A place to fill in within a line; a link in brackets is none."""
_OPEN = re.compile(r":\s*$")
_WORD = re.compile(r"\w+")
_SALUTATION = re.compile(r",\s*$")
_END = re.compile(r"[.!?。;:]+(?:\s|$)|\n+")
LONGEST_SHOWN = 80
FEWEST_CUT = 4
"""Fewer words in a row are anybody's."""


def gaps(body: str, *, signature: Iterable[str] = ()) -> list[str]:
    """The places of a text that were left open, each as it reads, in their order.

    `signature`: the lines that close a letter; what leads up to nothing but them leads to nothing.
    """
    closing = {line.strip() for line in signature}
    lines = [(line, line.strip()) for line in unquoted(body).splitlines() if line.strip()]
    found = []
    for at, (line, text) in enumerate(lines):
        if _BARE.match(line):
            before = lines[at - 1][1] if at and _OPEN.search(lines[at - 1][1]) else ""
            found.append(f"{before} {text}".strip())
        elif blank := _BLANK.search(text):
            found.append(_around(text, blank.span()))
        elif _OPEN.search(text) and all(after in closing for _, after in lines[at + 1 :]):
            found.append(text)
    if not found and _says_nothing([text for _, text in lines], closing):
        found.append("between greeting and name")
    return [_shown(text) for text in found]


def _shown(text: str) -> str:
    """The end of it, from a word's beginning."""
    if len(text) <= LONGEST_SHOWN:
        return text
    return f"…{text[-LONGEST_SHOWN:].partition(' ')[2]}"


def _around(text: str, span: tuple[int, int]) -> str:
    start = max(0, span[0] - LONGEST_SHOWN // 2)
    return text[start : span[1] + LONGEST_SHOWN // 4].strip()


def _says_nothing(lines: list[str], closing: set[str]) -> bool:
    rest = [line for line in lines if line not in closing]
    return not rest or (len(rest) == 1 and len(lines) > 1 and _SALUTATION.search(rest[0]) is not None)


def check(body: str, *, meant: bool, signature: Iterable[str] = ()) -> bool:
    """Whether the text has gaps; `Invalid` where it has, and nobody said that it is `meant` so."""
    found = gaps(body, signature=signature)
    if found and not meant:
        raise Invalid(said(found), field="body")
    return bool(found)


def said(found: list[str]) -> str:
    places = ", ".join(map(quoted, found[:3]))
    return gettext("Something is still to be filled in: %(places)s.") % {"places": places}


def unquoted(body: str) -> str:
    """The text without the lines that repeat what the candidate wrote: those are theirs, gaps and all."""
    return "\n".join(line for line in body.splitlines() if not line.lstrip().startswith(">"))


def digest(body: str) -> str:
    """Stands for exactly this text, so that a yes to it is no yes to another."""
    return sha256(body.strip().encode()).hexdigest()[:16]


def own_words(body: str, templates: Iterable[str]) -> int:
    """How many words of `body` stand in sentences that are in none of the templates it may have begun with.

    A sentence with a filled gap is one's own; one from which words were only cut off is still the template's.
    """
    shipped = [words for template in templates for words in _sentences(template)]
    own = _sentences(unquoted(body))
    return sum(len(said) for said in own if not any(_is_of(said, words) for words in shipped))


def _sentences(text: str) -> list[tuple[str, ...]]:
    pieces = (tuple(_WORD.findall(piece.casefold())) for piece in _END.split(text))
    return [words for words in pieces if words]


def _is_of(said: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if said == words:
        return True
    length = len(said)
    if length < FEWEST_CUT or length > len(words):
        return False
    return any(words[at : at + length] == said for at in range(len(words) - length + 1))
