"""What somebody is called, and how they call what they do."""

import re
from collections.abc import Iterable, Sequence

from candidates.resumes.domain import data, heads, places
from candidates.resumes.domain.contact import EMAIL, URL
from candidates.resumes.domain.facts import Confidence, Fact
from candidates.resumes.domain.lines import FOOTER, Line

TITLES = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|dipl\.?-?\s?ing|ing|mag|m|mme|mlle|sr|sra|don|doña)\b\.?\s+)+"
    r"(?:(?:phil|med|rer|nat|ing|jur)\.?\s+)*",
    re.IGNORECASE,
)
DEGREES = re.compile(
    r"[,\s]+(?:ph\.?\s?d|m\.?sc|b\.?sc|mba|m\.?a|b\.?a|m\.?d|rn|cpa|pmp|esq|jr|sr|ii|iii|cfa|ll\.?[bm])\.?$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:name|full name|vor-? und nachname|vorname und name|nom et prénom|prénom et nom|nom|nombre y apellidos"
    r"|nombre completo|nombre|nome)\s*[:：]?\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    """
    curriculum vitae lebenslauf resume cv vita curriculo vitæ bewerbung bewerbungsunterlagen hoja de vida
    dossier profile profil
    """.split()
)
PARTICLES = frozenset(
    "von van der den de del della di da dos das do la le du ter ten zu zur al el bin ibn y e af av".split()
)
FIRST_LINES, MOST_WORDS = 14, 6
CJK = re.compile(r"^[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af\s·]{2,12}$")


def name(lines: Sequence[Line], footers: Iterable[str]) -> Fact | None:
    """The likeliest of the first lines: sure where an address, a link or each page's foot says the same."""
    labelled = [
        match["rest"]
        for line in lines
        if line.section in {"header", "contact"} and (match := LABEL.match(line.text))
    ]
    if labelled and (clean := _name_in(labelled[0])):
        return Fact(clean, Confidence.SURE)
    said = _elsewhere(lines, footers)
    best: tuple[int, str] | None = None
    for rank, line in enumerate(lines[:FIRST_LINES]):
        if line.section not in {"header", "contact"} or line.bullet:
            continue
        for piece in re.split(r"\s+[|•·–—]\s+|\t|\s{3,}", line.text)[:2]:
            if candidate := _name_in(piece):
                agreeing = _agreeing(candidate, said)
                if heads.is_job(candidate):
                    if not agreeing:
                        continue
                    agreeing -= 1  # Salvador ends as jobs do
                points = 3 * agreeing - rank
                if best is None or points > best[0]:
                    best = (points, candidate)
    if best is None:
        return None
    agreed = _agreeing(best[1], said) > 0
    first = bool(lines) and best[1] in lines[0].text
    confidence = Confidence.SURE if agreed else Confidence.LIKELY if first else Confidence.GUESS
    return Fact(best[1], confidence)


def _name_in(text: str) -> str:
    """The name if this can be one; empty if not."""
    bare = DEGREES.sub("", TITLES.sub("", text.strip(" ,;|"))).strip(" ,")
    if CJK.match(bare):
        return bare
    if re.search(r"[\d@:/|•()]", bare) or FOOTER.match(bare) or not bare:
        return ""
    words = bare.replace(",", " ").split()
    if not 1 < len(words) <= MOST_WORDS or all(data.plain(word) in NO_NAMES for word in words):
        return ""
    if any(word[0].islower() and word.lower() not in PARTICLES and "'" not in word for word in words):
        return ""
    if places.is_place(bare):
        return ""
    if "," in bare:
        last, _, first = bare.partition(",")
        bare = f"{first.strip()} {last.strip()}"
    return _in_small_letters(bare)


def _in_small_letters(name: str) -> str:
    """`JOHN DOE` is written so for its looks."""
    return " ".join(_capitalised(word) for word in name.split()) if name.isupper() else name


def _capitalised(word: str) -> str:
    return (
        word.lower()
        if word.lower() in PARTICLES
        else re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
    )


def _elsewhere(lines: Sequence[Line], footers: Iterable[str]) -> str:
    """What addresses, links and the feet of pages say, for comparing."""
    words = []
    for line in lines:
        if line.section in {"header", "contact"}:
            words += [match.group().split("@")[0] for match in EMAIL.finditer(line.text)]
            words += [match.group() for match in URL.finditer(line.text)]
    return data.plain(" ".join([*words, *footers])).replace(" ", "")


def _agreeing(candidate: str, said: str) -> int:
    parts = [part for part in data.plain(candidate).split() if len(part) > 2]
    return sum(part in said for part in parts)


def headline(lines: Sequence[Line], name: Fact | None) -> Fact | None:
    """What they call their job, in the lines below their name."""
    own = data.plain(name.value) if name else ""
    for line in lines[:FIRST_LINES]:
        if line.section != "header" or EMAIL.search(line.text) or re.search(r"\d", line.text):
            continue
        for piece in re.split(r"\s+[|•·]\s+|\t", line.text):
            if data.plain(piece) != own and heads.is_job(piece) and len(piece) < 100:
                return Fact(piece.strip(), Confidence.LIKELY)
    return None
