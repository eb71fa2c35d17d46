"""Words broken at the end of a line: is the hyphen the word's own, or only the break's?

Runs in the shut-in process only (`child.py`).
"""

import gzip
import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SIGNS = "-\u00ad\u2010\u2011\ufffe\x02"
"""PDFium writes U+FFFE for a hyphen that it takes for a break; Chromium prints a soft hyphen as U+2010."""
BREAK = re.compile(rf"(?<=[^\s-])(?:[\ufffe\x02]\n?|[{SIGNS}]\n)(?=[^\s-])|(?<=[^\W\d_])\u00ad(?=[^\W\d_])")
REPEATED = re.compile(r"(?<=[^\W_])[-\u2010\ufffe]\n?[-\u2010\u2011](?=[^\W_])")
"""Where a word is broken at its own hyphen, Spanish, Portuguese and Polish set it twice."""
TOKEN_BEFORE = re.compile(r"\S{1,60}$")
LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
LETTERS_AFTER = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"[@/_]|\w\.\w")
JOINING = re.compile(
    r"(?:and|or|und|oder|bzw|sowie|et|ou|y|o|e|en|of|og|och|eller|oraz|lub|i)\b(?!-)", re.IGNORECASE
)
"""Before these, a hyphen stands for the rest of a word to come: "Vertriebs- und Marketingleiter"."""
LONG = 10
"""Up to so many letters, two parts in capitals are rather two abbreviations than a word."""
ONE_WORD = frozenset(
    "blockchain bioinformatics codebase cybersecurity dataset datasets filesystem geospatial lifecycle "  # noqa: SIM905
    "metadata microservice microservices middleware namespace onboarding preprocessing refactoring roadmap "
    "screenshot smartphone underserved uptime webhook websocket wireframe workflow workflows".split()
)
"""Words of people's trades that the word list is too old for."""


def mended(text: str) -> str:
    """The text with its broken words in one piece, and with one kind of hyphen."""
    text = REPEATED.sub(_once, text)
    whole = text.lower()

    def mend(match: re.Match[str]) -> str:
        around = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 60]
        return _between(*around, soft=_is_soft(match.group(), text), whole=whole)

    return re.sub("[\u2010\u2011](?!\n)", "-", BREAK.sub(mend, text))


def _once(match: re.Match[str]) -> str:
    return "-" if "\n" in match.group() or match.group()[0] == "\ufffe" else match.group()


def _is_soft(sign: str, text: str) -> bool:
    """Whether the sign can only be the break's: where no word of the text has it within a line."""
    return sign[0] == "\u2010" and not re.search(r"\w\u2010\w", text)


def _between(before: str, after: str, *, soft: bool, whole: str) -> str:
    """What stands between the two parts: nothing, a hyphen, or a hyphen and a space."""
    left, right = LETTERS_BEFORE.search(before), LETTERS_AFTER.match(after)
    if not left or not right:
        return "-"
    if JOINING.match(after) and not right.group().isupper():
        return "- "
    token = TOKEN_BEFORE.search(before)
    if token and ADDRESS.search(token.group()):
        return "" if _stands_elsewhere(left.group(), right.group(), whole) else "-"
    return "" if _is_one_word(left.group(), right.group(), soft=soft, whole=whole) else "-"


def _stands_elsewhere(left: str, right: str, whole: str) -> bool:
    """Addresses are made of names: where the two parts are one word of the text, and neither names by themselves nor
    anywhere with a hyphen.
    """
    bare, left, right = (_without_accents(each.lower()) for each in (whole, left, right))

    def stands(word: str) -> bool:
        return re.search(rf"(?<![^\W\d_]){word}(?![^\W\d_])", bare) is not None

    are_names = stands(rf"{left}(?=[^-\ufffe\n])") and stands(rf"(?<![-\ufffe\n]){right}")
    return stands(left + right) and not are_names and f"{left}-{right}" not in bare


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _is_one_word(left: str, right: str, *, soft: bool, whole: str) -> bool:
    joined = (left + right).lower()
    if left.isupper() and right.isupper() and len(left) > 1:
        return _known(joined) or len(joined) > LONG
    if len(left) == 1 or left.isupper() or right[0].isupper():
        return False  # E-Commerce, IT-based, Python-Entwickler: no word is broken there
    if soft or re.search(rf"\b{joined}\b", whole):
        return True
    if re.search(rf"\b{left}-{right}\b".lower(), whole):
        return False
    return _known(joined) or not (_known(left.lower()) and _known(right.lower()))


def _known(word: str) -> bool:
    """Whether it is an English word: in other languages two words with a hyphen begin with capitals, or are rare."""
    return word in ONE_WORD or b'"%s":' % word.encode() in _words()


@cache
def _words() -> bytes:
    """The spell checker's list of words, only looked into: to load it as words would take ten times as long."""
    spec = find_spec("spellchecker")
    assert spec is not None
    assert spec.origin is not None
    with gzip.open(Path(spec.origin).parent / "resources" / "en.json.gz") as file:
        return file.read()
