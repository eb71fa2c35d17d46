"""Sentences that rows keep, said in the language of who reads them.

What is recorded, kept with its figures, or written to colleagues is put together in English, whoever acts in which
language (ADR 49). `kept(f"...")` marks such a sentence where that is done, and `manage.py messages` reads it from the
code with the names of its places, so that the two cannot drift apart. `retold` finds the sentence in the catalog,
takes its facts out, and says them in the language of now: the same for rows of before. What nobody marked, and what a
person wrote, stays as it is.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format

from ats.kernel import staff_words
from ats.kernel.languages import listed, shipped, spoken
from ats.kernel.pay_retold import pay_retold

CONTEXT = "kept"
"""Under which the catalogs of colleagues hold what only rows and mails say."""
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
NAMELESS = "whom"
"""What stands in a place that has no name: `{}`."""
OWN = frozenset(
    {
        *(
            "body",
            "candidate",
            "comment",
            "filename",
            "ground",
            "name",
            "names",
            "note",
            "owner",
            "person",
            "quoted",
        ),
        *("subject", "title", "user", "words"),
    }
)
"""Places that hold names and people's own words: those are said as they are, whatever they read like."""
LEAST, LEAST_ELSEWHERE, LEAST_LOOSE = 3, 12, 6
"""So many letters a sentence has beside its places, with fewer it would be found in anything: one that is marked as
kept, any other text of a page that was put on record, and one without a figure or a day."""
HEAD = 4
"""By so many letters sentences are found; there are many, and each line of a page asks."""
LONGEST = 600
"""No sentence of the house is longer; what a person wrote is not held against all of them."""
FIGURES = frozenset(
    {
        *(
            "agreed",
            "attached",
            "by_side",
            "came",
            "count",
            "decided",
            "decide_days",
            "days_whole",
            "delay_hours",
            "share",
            "done",
            "elsewhere",
        ),
        *(
            "elsewhere_sample",
            "ended",
            "escalate_days",
            "here",
            "lost",
            "met",
            "middle",
            "minutes",
            "moved_on",
            "most",
        ),
        *(
            "must_haves",
            "musts",
            "nudge_hours",
            "number",
            "others_share",
            "past",
            "past_decided",
            "percentile",
        ),
        *(
            "quick",
            "quick_lost",
            "received",
            "sample",
            "seats",
            "share",
            "short",
            "sign_days",
            "slow",
            "together",
        ),
        *("usual", "version", "weekly"),
    }
)
"""Places for a number."""
SEVERAL = frozenset(
    {"both", "codes", "first", "late", "moved", "named", "rest", "roles", "said", "sides", "titles", "why"}
)
"""Places for sentences and lists."""
SENTENCES = OWN | {"said", "why", "late", "rest"}
"""Those of them that may hold more than one sentence."""
MOMENTS = frozenset(
    {
        "behind",
        "day",
        "days",
        "due",
        "due_at",
        "later",
        "likely",
        "look_on",
        "reached",
        "since",
        "slate_due",
    }
    | {"span", "target", "when", "zone"}
)
"""Places for a day or a stretch of time: there is a number in them."""
BETWEEN = (
    re.compile(r"(?<=[.]) (?=[A-Z“\d€$£])"),
    re.compile(r"(?<=[.:;]) (?=[A-Z“\d€$£])"),
    re.compile(r"(?<=;) "),
    re.compile(r"(?<=,) "),
)
"""Where a text may be sentences, or facts, in a row."""
_AND = re.compile(r", | and ")
_MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_DAYS = [date(2000, 1, 2 + day).strftime("%A") for day in range(1, 8)]
_NAMED_MONTHS = {name: MONTHS[number] for number, name in enumerate(_MONTHS, start=1)} | {
    name[:3]: MONTHS_3[number] for number, name in enumerate(_MONTHS, start=1) if name != "May"
}
_NAMED_DAYS = {name: WEEKDAYS[number] for number, name in enumerate(_DAYS)} | {
    name[:3]: WEEKDAYS_ABBR[number] for number, name in enumerate(_DAYS)
}
DAY = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_NAMED_DAYS)}),? )?\b(?P<day>\d\d?) (?P<month>{'|'.join(_NAMED_MONTHS)})\b"
    r"(?: (?P<year>\d{4}))?"
)
DECIMAL = re.compile(r"\d+\.\d+")
QUOTED = re.compile(r"“[^“”]+”(?:, “[^“”]+”)*")
"""Names of things, one after the other."""
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")
SPAN = re.compile(r"(\d\d:\d\d) to (\d\d:\d\d)")


def kept(sentence: str) -> str:
    """Marks what is kept in English, and said again in the language of whoever reads it."""
    return sentence


def retold(text: str) -> str:
    """What a row keeps, in the language of now; as it is where it is nothing of the house's."""
    language = spoken()
    if language == settings.LANGUAGE_CODE or not text:
        return text
    return _retold(language, str(text))


@lru_cache(maxsize=16384)
def _retold(language: str, text: str) -> str:
    if "\n" in text:
        return "\n".join(_retold(language, line) for line in text.split("\n"))
    if text.startswith("- "):
        return f"- {_retold(language, text[2:])}"
    if DECIMAL.fullmatch(text):
        return text.replace(".", get_format("DECIMAL_SEPARATOR", language))
    if ordinal := NTH.fullmatch(text):
        return f"{ordinal[1]}."
    if QUOTED.fullmatch(text) and _word(text) is None:
        return ", ".join(map(quoted, text[1:-1].split("”, “")))
    found = _said(language, text) or _labelled(language, text)
    return _with_its_days(text) if found is None else found


def _said(language: str, text: str) -> str | None:
    """The whole of it where the whole of it is the house's."""
    found = _word(text) or _sentence(language, text) or _pay(language, text)
    if found is not None:
        return found
    names = [_word(part) for part in _AND.split(text)]
    if len(names) > 1 and all(names):
        return listed(names)
    for between in BETWEEN:
        parts = between.split(text)
        said = [_part(language, part) for part in parts] if len(parts) > 1 else [None]
        if None not in said:
            return " ".join(map(str, said))
    return None


def _part(language: str, text: str) -> str | None:
    """One of several, with the comma after it, and the last with the full stop of all."""
    for bare in (text.rstrip(",;"), text.rstrip(".,;")):
        said = _word(bare) or _sentence(language, bare) or _pay(language, bare)
        if said is not None:
            return said + text[len(bare) :]
    return None


def _sentence(language: str, text: str) -> str | None:
    """A sentence with places, filled with its facts, which are retold as well."""
    if len(text) <= LONGEST:
        known = _sentences(language)
        for each in (*known.get(text[:HEAD], ()), *known[""]):
            if each.within in text and text.endswith(each.ends) and (match := each.pattern.fullmatch(text)):
                return _filled(language, each.said, match.groupdict())
    bare = text.rstrip(".,;:")
    word = _word(bare) if bare != text else None
    return None if word is None else word + text[len(bare) :]


def _labelled(language: str, text: str) -> str | None:
    """`Where: by video`: a label with what is said of it."""
    label, colon, rest = text.partition(": ")
    said = _word(label) if colon else None
    return None if said is None else f"{said}: {_retold(language, rest)}"


def _filled(language: str, said: str, facts: dict[str, str]) -> str:
    def fact(place: re.Match[str]) -> str:
        name = place[1] or place[2] or NAMELESS
        text = facts.get(name) or ""
        own = name in OWN and not QUOTED.fullmatch(text)
        return text if own else _retold(language, text)

    return PLACE.sub(fact, said).replace("%%", "%")


def _pay(language: str, text: str) -> str | None:
    marks = [get_format(name, language) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")]
    return pay_retold(text, thousands=marks[0], decimals=marks[1])


def _word(text: str) -> str | None:
    """A text without places, or a label, as it stands there or small as it is within a sentence."""
    said = _translated(text)
    if said == text and text[:1].islower():
        label = text[0].upper() + text[1:]
        said = _translated(label)
        said = text if said == label else said
    return None if said == text else said


def _translated(text: str) -> str:
    said = translation.pgettext(CONTEXT, text)
    return shipped(text) if said == text else said


@dataclass(frozen=True, slots=True)
class Sentence:
    """One that is marked and has places: words of its own in it, the whole as a pattern, and what is said for it."""

    size: int
    begins: str
    within: str
    """The longest of its words in a row."""
    ends: str
    pattern: re.Pattern[str]
    said: str


@lru_cache
def _sentences(language: str) -> dict[str, list[Sentence]]:
    """Those of a language by the letters that they begin with, under "" the others; the longest first."""
    found: dict[str, list[Sentence]] = {"": []}
    for least, words, said in texts(language):
        if made := _made(words, said, least):
            head = made.begins[:HEAD]
            found.setdefault(head if len(head) == HEAD else "", []).append(made)
    for rows in found.values():
        rows.sort(key=lambda each: (not each.begins, -each.size))
    return found


def _made(words: str, said: str, least: int) -> Sentence | None:
    parts = PLACE.split(words.replace("%%", "%"))
    literals = parts[::3]
    names = [one or other or NAMELESS for one, other in zip(parts[1::3], parts[2::3], strict=True)]
    size = sum(len(re.sub(r"[\W\d_]", "", literal)) for literal in literals)
    if not FIGURES.union(MOMENTS).intersection(names):
        least = max(least, LEAST_LOOSE)
    if not names or size < least:
        return None
    pattern = re.escape(literals[0])
    for at, name in enumerate(names):
        group = f"(?P={name})" if name in names[:at] else f"(?P<{name}>{_fits(name, size)})"
        pattern += group + re.escape(literals[at + 1])
    return Sentence(size, literals[0], max(literals, key=len), literals[-1], re.compile(pattern), said)


def _fits(name: str, size: int) -> str:
    """What may stand in a place; in a short sentence nothing that goes on."""
    if name in FIGURES:
        return r"\d[\d.,]*"
    if name in MOMENTS:
        return r"(?:[A-Z][a-z]+,? )?\d[^;]*?(?<![.])"
    if name in SENTENCES:
        return r".+?"
    return r"(?:(?![.] [A-Z€$£]).)+?" if size > LEAST_ELSEWHERE or name in SEVERAL else r"[^,;]+?"


def texts(language: str) -> Iterator[tuple[int, str, str]]:
    """Every text with its translation, of one and of several, and how many letters of its own it must have."""
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / language / "LC_MESSAGES" / "django.mo"
        if path.exists():
            for words, said in _read(path.read_bytes()):
                about, _, plain = words.rpartition("\x04")
                least = LEAST if about == CONTEXT else LEAST_ELSEWHERE
                for one, other in zip(plain.split("\0"), said.split("\0"), strict=False):
                    yield least, one, other


def _read(data: bytes) -> Iterator[tuple[str, str]]:
    """What a compiled catalog holds (GNU gettext, The Format of GNU MO Files)."""
    _, _, number, ids, strings = struct.unpack("<5I", data[:20])
    for at in range(0, number * 8, 8):
        (size, start), (length, begins) = (
            struct.unpack_from("<2I", data, table + at) for table in (ids, strings)
        )
        if size:
            yield data[start : start + size].decode(), data[begins : begins + length].decode()


def _with_its_days(text: str) -> str:
    """A text with the days in it written as this language does."""
    if not DAY.search(text):
        return text
    return SPAN.sub(lambda match: _until(match[1], match[2]), DAY.sub(_day, text))


def _day(match: re.Match[str]) -> str:
    weekday = f"{_NAMED_DAYS[match['weekday']]}, " if match["weekday"] else ""
    year = f" {match['year']}" if match["year"] else ""
    return f"{weekday}{match['day']}. {_NAMED_MONTHS[match['month']]}{year}"


def quoted(words: object) -> str:
    """Words of somebody, or of a row, in the quotation marks of the language of now."""
    return staff_words.gettext("“%(words)s”") % {"words": words}


def _until(start: str, end: str) -> str:
    return staff_words.gettext("%(start)s to %(end)s") % {"start": start, "end": end}
