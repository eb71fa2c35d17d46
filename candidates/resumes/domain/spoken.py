"""Languages that somebody speaks, with the level that they give themselves."""

import re
from collections.abc import Sequence

from candidates.resumes.domain import data
from candidates.resumes.domain.facts import Confidence, Fact
from candidates.resumes.domain.lines import Line

PIECES = re.compile(r"[,;|•·▪●]|\s{3,}|\s/\s")
LEVEL = re.compile(r"\b([ABC][12])\b|\(([^()]{2,60})\)|[:–—-]\s*(.{2,60})$")
ELSEWHERE = {"skills", "contact", "header", "other", "summary"}


def languages(lines: Sequence[Line]) -> list[Fact]:
    """`value` is the code (`de`), `more` the level in their words."""
    found: dict[str, Fact] = {}
    for line in lines:
        if line.section == "languages":
            for code, level in _named(line.text):
                found.setdefault(code, Fact(code, Confidence.SURE, level))
    if not found:
        for line in lines:
            labelled = re.match(
                r"^(?:[^\W\d_]+\s)?(?:languages|sprachen|langues|idiomas)\s*:?\s+(.+)$",
                line.text,
                re.IGNORECASE,
            )
            if labelled and line.section in ELSEWHERE:
                for code, level in _named(labelled[1]):
                    found.setdefault(code, Fact(code, Confidence.LIKELY, level))
    return list(found.values())


def _named(text: str) -> list[tuple[str, str]]:
    found = []
    for piece in PIECES.split(text):
        words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", piece)
        code = next((code for word in words[:3] if (code := data.language_code(word))), "")
        if code:
            level = LEVEL.search(piece)
            said = next(filter(None, level.groups()), "") if level else ""
            found.append((code, said.strip(" ().")))
    return found
