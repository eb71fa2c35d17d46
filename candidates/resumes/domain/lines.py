"""The lines of a résumé, and which part of it each one is in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from candidates.resumes.domain import data, dates

BULLET = re.compile(r"^\s*(?:[•◦▪‣●○■□–—*·>▸►✓✔➢\uf0b7]|-(?=\s)|o(?=\s\S{2}))\s*")
LABELLED = re.compile(r"^(?P<label>[^\W\d_][\w .'’/&-]{1,40}?)\s*[:：]\s+(?P<rest>\S.*)$")
FOOTER = re.compile(
    r"^(?:.{0,60}\b(?:page|seite|página|pagina|strona)\s+\d+(?:\s*(?:of|von|de|sur|/|di|z)\s*\d+)?|[^\d]{0,60}[–-]\s*\d{1,2}\s?/\s?\d{1,2}|\d{1,2}\s?/\s?\d{1,2}"
    r"|(?:last updated|stand:|mis à jour|actualizado).{0,40})$",
    re.IGNORECASE,
)
OPEN_END = re.compile(
    r"(?:[-\u2010-\u2015]|\b(?:to|bis|à|a))$|[-\u2010-\u2015]\s*[^\W\d_]{3,10}\.?$", re.IGNORECASE
)
ADDRESS_GOES_ON = re.compile(r"\.[a-z]{2,6}(?:/[\w-]+)*(?:\n/|/\n)[\w-]")
LONGEST_HEADING = 45
LINE_LONG = frozenset({"skills", "languages", "summary"})
"""Sections that are often one line with its heading before it."""
MAX_LINES = 3000
LONGEST_LINE = 1500
"""No longer line is read to its end: what people write breaks before."""


@dataclass(frozen=True)
class Line:
    """`section` is `header` before the first heading."""

    text: str
    section: str
    bullet: bool
    number: int


def lines_of(text: str) -> list[Line]:
    """Every line with words, each in its section, without those that stand on every page."""
    section, found = "header", []
    for number, raw in enumerate(_joined(_kept(text))):
        bare = BULLET.sub("", raw).strip()
        if kind := heading(raw):
            section = kind
        elif bare:
            inside, said = _labelled(bare)
            found.append(
                Line(said, inside or section, bullet=bare != raw.strip() and not inside, number=number)
            )
    return found


def _labelled(text: str) -> tuple[str, str]:
    """The section that a line names at its own beginning, and the rest; programmers call their tools languages too."""
    labelled = LABELLED.match(text)
    kind = heading(labelled["label"]) if labelled else ""
    if labelled is None or kind not in LINE_LONG:
        return "", text
    if kind == "languages" and not any(map(data.language_code, re.findall(r"[^\W\d_]+", labelled["rest"]))):
        return "", text
    return kind, labelled["rest"]


def _kept(text: str) -> list[str]:
    rows = [row[:LONGEST_LINE].strip() for row in text.splitlines()[:MAX_LINES]]
    return [row for row in rows if row and not FOOTER.match(row)]


def footers(text: str) -> list[str]:
    """Lines that stand at pages' ends: they often say whose résumé it is."""
    rows = (row.strip() for row in text.splitlines()[:MAX_LINES])
    return [row for row in rows if len(row) < LONGEST_LINE and FOOTER.match(row)]


def _joined(rows: Sequence[str]) -> Iterable[str]:
    """Days and addresses that were broken at a line's end in one piece again."""
    rows = list(rows)
    number = 0
    while number < len(rows):
        row = rows[number]
        if number + 1 < len(rows) and ADDRESS_GOES_ON.search(f"{row}\n{rows[number + 1]}"):
            yield row + rows[number + 1]
            number += 2
            continue
        if number + 1 < len(rows) and re.search(r"\d{4}", row) and OPEN_END.search(row):
            both = f"{row} {rows[number + 1]}"
            after = dates.spans(both)
            if after and after[-1].start and after[-1].at[1] > len(row) and after[-1].at[0] < len(row):
                yield both
                number += 2
                continue
        yield row
        number += 1


@lru_cache
def _headings() -> dict[str, str]:
    return {phrase: kind for kind, phrases in data.table("headings").items() for phrase in phrases}


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """Which section this line begins; empty where it is no heading."""
    if len(text) > LONGEST_HEADING * 2 or re.search(r"\d{3}|@", text):
        return ""
    known = _headings()
    joined = data.plain(re.sub(r"^\s*(?:\d+|[IVX]+)[.)]\s*", "", text).replace("&", " and "))
    if joined in known:
        return known[joined]
    if joined.replace(" ", "") in _glued() and re.search(r"\b\w \w\b", joined):
        return _glued()[joined.replace(" ", "")]
    parts = [part for part in re.split(r"\b(?:and|und|et|y|e|en|i)\b|/", joined) if part.strip()]
    kinds = [known.get(part.strip(), "") for part in parts]
    return kinds[0] if len(parts) > 1 and all(kinds) else ""


@lru_cache
def _glued() -> dict[str, str]:
    """For headings whose letters stand apart."""
    return {phrase.replace(" ", ""): kind for phrase, kind in _headings().items()}
