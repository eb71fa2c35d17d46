"""Skills: those of a list in whatever spelling, and what stands where skills are listed and the list does not know."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from candidates.resumes.domain import data
from candidates.resumes.domain.facts import Confidence, Fact
from candidates.resumes.domain.lines import LABELLED, Line

MISSING = (
    "The list of skills is missing (skills.txt), so that only skills under a heading of their own were read."
)
TOKEN = re.compile(r"[^\W_]+(?:[.'’+#&/-]*[^\W_]+)*[+#]*|\.[A-Z]+\b", re.IGNORECASE)
LONGEST = 6
MOST_UNKNOWN, LONGEST_UNKNOWN = 60, 45
SPLIT = re.compile(r"\s*(?:[,;|•·▪●]|\s[–—-]\s|\s{3,})\s*(?![^()]*\))")
EVERYWHERE = {"experience", "summary", "other", "education", "header"}


@dataclass(frozen=True)
class _Known:
    name: str
    only_listed: bool
    """It counts only where skills are listed."""
    letters: str
    """In just these letters; empty: in any."""


@lru_cache
def _known() -> dict[str, _Known]:
    """By their compared form; empty where the list is missing."""
    try:
        rows = (data.FOLDER / "skills.txt").read_text("utf-8").splitlines()
    except OSError:
        return {}
    found: dict[str, _Known] = {}
    for row in rows:
        if not row or row.startswith(("#", "##")):
            continue
        spellings = [spelling.strip() for spelling in row.split(" | ")]
        name = spellings[0].rstrip("!")
        for spelling in spellings:
            bare = spelling.rstrip("!")
            only = spelling.endswith("!")
            short = len(bare) <= 3 and bare.isupper()
            found.setdefault(compared(bare), _Known(name, only, bare if only or short else ""))
    return found


def missing() -> bool:
    return not _known()


def compared(text: str) -> str:
    """As skills are compared: `Node.js`, `node js` and `NodeJS` are one; `C`, `C++` and `C#` are three."""
    marked = text.lower().replace("c++", "cplusplus").replace("c#", "csharp").replace("f#", "fsharp")
    marked = re.sub(r"^\.net", "dotnet", marked).replace("asp.net", "aspdotnet").replace("vb.net", "vbdotnet")
    return data.plain(marked).replace(" ", "")


def canonical(text: str) -> str:
    """The name under which a skill is kept; itself where the list does not know it."""
    known = _known().get(compared(text))
    return known.name if known else text.strip()


def skills(lines: Sequence[Line]) -> list[Fact]:
    """Those that are listed, then those that are told of elsewhere."""
    found: dict[str, Fact] = {}
    for line in lines:
        if line.section == "skills":
            for fact in _listed(line.text):
                _add(found, fact)
    for line in lines:
        if line.section in EVERYWHERE:
            for name in _mentioned(line.text, listed=False):
                _add(found, Fact(name, Confidence.LIKELY))
    return list(found.values())


def _add(found: dict[str, Fact], fact: Fact) -> None:
    found.setdefault(compared(fact.value), fact)


def _listed(text: str) -> Iterator[Fact]:
    labelled = LABELLED.match(text)
    text = labelled["rest"] if labelled else text
    for item in SPLIT.split(text):
        bare = re.sub(r"\s*\((?:[^()]*)\)\s*$", "", item).strip(" .:")
        known = _known().get(compared(bare))
        if known and (
            not known.letters
            or known.letters == bare
            or (known.letters.lower() == bare.lower() and len(bare) > 3)
        ):
            yield Fact(known.name, Confidence.SURE)
            continue
        within = list(_mentioned(item, listed=True))
        yield from (Fact(name, Confidence.SURE) for name in within)
        if (
            not within
            and 1 < len(bare) <= LONGEST_UNKNOWN
            and len(bare.split()) <= LONGEST
            and not bare.isdigit()
        ):
            yield Fact(bare, Confidence.GUESS)


def _mentioned(text: str, *, listed: bool) -> Iterator[str]:
    """Those of the list that this text names, the longest of what overlaps."""
    known = _known()
    tokens = list(TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            words = text[tokens[at].start() : tokens[at + length - 1].end()]
            skill = known.get(compared(words))
            if skill and _counts(skill, words, listed=listed):
                yield skill.name
                at += length - 1
                break
        at += 1


def _counts(skill: _Known, words: str, *, listed: bool) -> bool:
    if skill.only_listed:
        return listed and words == skill.letters
    if not listed and words.islower() and " " not in words and len(words) < 5:
        return False
    return not skill.letters or words == skill.letters
