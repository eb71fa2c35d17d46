"""What must not stand in feedback beside what the wording rules know: names of others; pure.

A whole name is refused. A single name may be an ordinary word as well (Will, Grace, Mark): it is shown, and whoever
sends says that it is none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.wording.domain.checker import Finding
from requisitions.wording.domain.matching import Phrases, Token, tokens

SHORTEST = 3
REFUSED_CODES = frozenset({"comparison", "no-evidence"})
"""Rules of which nothing leaves in feedback, though they are no law: what compares, and what is a feeling."""
COLLEAGUE, CANDIDATE = "colleague-named", "candidate-named"
TOPICS = {
    COLLEAGUE: gettext_lazy("A colleague's name"),
    CANDIDATE: gettext_lazy("Another candidate's name"),
}
REASONS = {
    COLLEAGUE: gettext_lazy(
        "What was decided we decided together; nobody who met them is to answer for it alone."
    ),
    CANDIDATE: gettext_lazy("Who else applied is nobody else's business, and a comparison helps nobody."),
}
ALTERNATIVES = {
    COLLEAGUE: gettext_lazy("“In the interview about databases we saw …”"),
    CANDIDATE: gettext_lazy("Say what this person showed on the criterion, and what was missing."),
}


@dataclass(frozen=True)
class Names:
    """Who must not be named; `own` is the candidate, whose name may stand there."""

    colleagues: Sequence[str]
    candidates: Sequence[str]
    """By their whole name alone: there are too many for single ones."""
    near: Sequence[str]
    """Other candidates who came far: also by one of their names."""
    own: str
    besides: Sequence[str] = ()
    """Words that stand there anyway, such as the organisation's name."""


@dataclass(frozen=True)
class Named:
    """A name in a text, from `start` to `end`; `whole` where it can be nothing else."""

    start: int
    end: int
    words: str
    code: str
    whole: bool


def names_in(text: str, names: Names, *, signature: Iterable[str]) -> list[Named]:
    """Names of others, in the order of the text; the lines that close the letter may name who signs."""
    text = _without(text, {line.strip() for line in signature if line})
    words = tokens(text)
    allowed = {each.word for own in (names.own, *names.besides) for each in tokens(own)}
    found = [
        *_whole(text, words, names.colleagues, COLLEAGUE, names.own),
        *_whole(text, words, names.candidates, CANDIDATE, names.own),
    ]
    for people, code in ((names.colleagues, COLLEAGUE), (names.near, CANDIDATE)):
        single = {
            part.word for name in people for part in tokens(name) if len(part.word) >= SHORTEST
        } - allowed
        found += [
            Named(at.start, at.end, text[at.start : at.end], code, whole=False)
            for at in words
            if at.word in single and not text[at.start].islower()
            and not any(one.start <= at.start < one.end for one in found)
        ]  # fmt: skip
    return sorted(found, key=lambda one: one.start)


def _whole(text: str, words: Sequence[Token], people: Sequence[str], code: str, own: str) -> list[Named]:
    same = [each.word for each in tokens(own)]
    of_two = [name for name in people if len(parts := tokens(name)) > 1 and [p.word for p in parts] != same]
    if not of_two:
        return []
    spans = Phrases(" ".join(part.word for part in tokens(name)) for name in of_two).find(words)
    places = sorted({(words[span.first].start, words[span.last].end) for span in spans})
    return [Named(start, end, " ".join(text[start:end].split()), code, whole=True) for start, end in places]


def _without(text: str, lines: set[str]) -> str:
    """The text with these lines blanked at its end: places stay what they are."""
    kept = text.splitlines(keepends=True)
    for at in range(len(kept) - 1, -1, -1):
        line = kept[at].strip()
        if line and line not in lines:
            break
        kept[at] = re.sub(r"[^\r\n]", " ", kept[at])
    return "".join(kept)


@dataclass(frozen=True)
class Said:
    """Something that does not belong, as it is shown: what, why, and what instead."""

    words: str
    topic: str
    reason: str
    alternative: str
    refused: bool
    is_unlawful: bool = False
    """By a rule, which a lead can clear where it misread the text."""

    @property
    def sentence(self) -> str:
        return gettext("“%(words)s”: %(reason)s Instead: %(alternative)s") % vars(self)


def of_name(named: Named) -> Said:
    topic, reason, alternative = (str(each[named.code]) for each in (TOPICS, REASONS, ALTERNATIVES))
    return Said(named.words, topic, reason, alternative, refused=named.whole)


def of_rule(finding: Finding) -> Said:
    told = finding.told
    is_refused = finding.is_unlawful or finding.code in REFUSED_CODES
    return Said(
        finding.words,
        told.topic,
        told.reason,
        told.alternative,
        refused=is_refused,
        is_unlawful=finding.is_unlawful,
    )
