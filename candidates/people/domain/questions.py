"""What somebody asks in a search box: words, "phrases", -not, OR and beginnings (`micro*`), as in a web search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from candidates.people.domain.compounds import APART_TOO
from candidates.people.domain.letters import folded, spelled_out
from candidates.people.domain.vectors import quoted
from candidates.people.domain.words import NAME, Piece, pairs, pieces

QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'))
"""What word processors and telephones make of a quotation mark."""
BETWEEN = r'\s"/,;|()<>\[\]{}\u00ab\u00bb\u2039\u203a'
"""What stands between two words that need not be side by side."""
PART = re.compile(rf'(?P<minus>(?<!\S)-(?=[\w".+#]))?(?:"(?P<quoted>[^"]*)"|(?P<word>[^{BETWEEN}]+))')
OR, AND, NOT = frozenset({"OR", "or"}), "AND", "NOT"
"""As on other sites; "and" and "not" in small letters are words of any text, and "Or" is somebody's name."""
MOST_PARTS = 40
MOST_NAMES = 6
MOST_AS_ONE = 6
"""Of so many words two that stand side by side are also asked for as one."""

NUMBER = r"\d{1,5}(?!\w)"
"""The number of a version, a course or a standard; longer ones are of telephones, and years count as well."""
APART = re.compile(rf"\b([^\W\d_]+)[\s/-]({NUMBER})")
SHORT = re.compile(r"[^\W\d_]{2}\d{1,5}")
GLUED = re.compile(rf"\b([^\W\d_]+)({NUMBER})")
BEGINNING = re.compile(r"\w\*$")
JOINED = re.compile(r"(?<=[^\W\d_])['-](?=[^\W\d_])|\.(?=js\b)")


@dataclass(frozen=True)
class Alternative:
    """What must be in a text: each of `words`, what is `quoted` side by side, nothing of `without`."""

    words: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def alternatives(question: str) -> tuple[Alternative, ...]:
    """What is asked, of which one is enough. A dash by itself asks for nothing; "Or" can be somebody's name."""
    parts = [part for part in PART.finditer(question.translate(QUOTES)) if _says_something(part)][:MOST_PARTS]
    groups: list[list[tuple[re.Match[str], bool]]] = [[]]
    is_not = False
    for place, part in enumerate(parts):
        is_between = not part["minus"] and 0 < place < len(parts) - 1
        if is_between and part["word"] in OR:
            groups.append([])
        elif is_between and part["word"] == NOT:
            is_not = True
        elif not is_between or part["word"] != AND:
            groups[-1].append((part, is_not or bool(part["minus"])))
            is_not = False
    return tuple(_alternative(group) for group in groups if group)


def query(question: str) -> str:
    """It as the database asks its words; empty if it asks for nothing."""
    found = [one for each in alternatives(question) if (one := _asked(each))]
    return " | ".join(f"({one})" for one in found) if len(found) > 1 else "".join(found)


def names(question: str) -> str:
    """People of whose name each word is the beginning of a part, in any order, as it is being typed; empty where what
    is asked is more than words, or a single letter."""
    match alternatives(question):
        case [asked] if not asked.quoted and not asked.without:
            parts = [piece for word in asked.words for piece in pieces(folded(word))][:MOST_NAMES]
            if any(len(piece.text) > 1 or piece.is_gapless for piece in parts):
                return " & ".join(f"{quoted(NAME + piece.text)}:*" for piece in parts)
    return ""


def spellings(part: str) -> list[str]:
    """How else this is written: AZ-104 is AZ104 as well, Python3.11 Python 3.11, and front-end frontend.

    A single word (Java8) is answered by what is kept of texts (see `words`), but for the shortest (AZ104).
    """
    if part.isalnum() and not SHORT.fullmatch(part):
        return [part, *APART_TOO.get(part, ())]
    joined = JOINED.sub("", part)
    return list(dict.fromkeys((part, APART.sub(r"\1\2", part), GLUED.sub(r"\1 \2", part), joined)))


def with_numbers(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each word with the number that follows it, or with nothing: "Java 8 developer" has "Java" with "8"."""
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        belongs = word.isalpha() and rest and re.match(NUMBER, rest[-1])
        yield word, rest.pop() if belongs else ""


def _asked(asked: Alternative) -> str:
    terms = [term for part in asked.quoted if (term := _term(part))]
    terms += [f"!{term}" for part in asked.without if (term := _term(part))]
    whole = _of_words(asked.words)
    if whole and terms and " | " in whole:
        whole = f"({whole})"
    return " & ".join([whole, *terms] if whole else terms)


def _of_words(words: tuple[str, ...]) -> str:
    """Each of them; or two that stand side by side as one ("front end" is "frontend")."""
    terms = [(word, term) for word, number in with_numbers(words) if (term := _numbered(word, number))]
    ways = [" & ".join(term for _, term in terms)]
    for place in range(min(len(terms), MOST_AS_ONE) - 1):
        one, two = terms[place][0], terms[place + 1][0]
        if _may_be_one(one) and _may_be_one(two):
            joined = [term for _, term in terms]
            joined[place : place + 2] = [_phrase(pieces(folded(one + two)))]
            ways.append(" & ".join(joined))
    return " | ".join(ways)


def _may_be_one(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and not any(piece.is_gapless for piece in pieces(folded(word)))


def _numbered(word: str, number: str) -> str:
    if not number:
        return _term(word)
    return f"({_term(word)} & {_term(number)} | {_term(word + number)})"


def _term(part: str) -> str:
    """What one word, or a phrase, is found by, in each way of writing it."""
    stem = part.rstrip("*") if BEGINNING.search(part) else part
    plain = folded(stem)
    ways = [plain, *filter(None, [spelled_out(stem)])]
    phrases = [_phrase(pieces(each), is_beginning=stem != part) for way in ways for each in spellings(way)]
    phrases = list(dict.fromkeys(filter(None, phrases)))
    return f"({' | '.join(phrases)})" if len(phrases) > 1 else "".join(phrases)


def _phrase(parts: list[Piece], *, is_beginning: bool = False) -> str:
    said: list[str] = []
    for piece in parts:
        if piece.is_gapless:
            said += map(quoted, pairs(piece.text))
            if len(piece.text) == 1:
                said[-1] += ":*"
        else:
            said.append(quoted(piece.text))
    if said and is_beginning and not said[-1].endswith(":*"):
        said[-1] += ":*"
    return f"({' <-> '.join(said)})" if len(said) > 1 else "".join(said)


def _says_something(part: re.Match[str]) -> bool:
    return any(letter.isalnum() for letter in part["quoted"] or part["word"] or "")


def _alternative(parts: list[tuple[re.Match[str], bool]]) -> Alternative:
    wanted = [part for part, is_not in parts if not is_not]
    return Alternative(
        words=tuple(part["word"] for part in wanted if part["word"]),
        quoted=tuple(part["quoted"] for part in wanted if part["quoted"]),
        without=tuple(part["quoted"] or part["word"] for part, is_not in parts if is_not),
    )
