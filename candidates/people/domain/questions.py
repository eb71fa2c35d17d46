"""What somebody asks in a search box: words, "phrases", -not and OR, as in a web search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'))
"""What word processors and telephones make of a quotation mark."""
BETWEEN = r'\s"/,;|()<>\[\]{}\u00ab\u00bb\u2039\u203a'
"""What stands between two words that need not be side by side."""
PART = re.compile(rf'(?P<minus>(?<!\S)-(?=[\w".+#]))?(?:"(?P<quoted>[^"]*)"|(?P<word>[^{BETWEEN}]+))')
OR = frozenset({"OR", "or"})
MOST_PARTS = 40

NUMBER = r"\d{1,5}(?!\w)"
"""The number of a version, a course or a standard; longer ones are of telephones, and years count as well."""
APART = re.compile(rf"\b([^\W\d_]+)[\s/-]({NUMBER})")
SHORT = re.compile(r"[^\W\d_]{2}\d{1,5}")
GLUED = re.compile(rf"\b([^\W\d_]+)({NUMBER})")


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
    groups: list[list[re.Match[str]]] = [[]]
    for place, part in enumerate(parts):
        if part["word"] in OR and not part["minus"] and 0 < place < len(parts) - 1:
            groups.append([])
        else:
            groups[-1].append(part)
    return tuple(_alternative(group) for group in groups if group)


def spellings(part: str) -> list[str]:
    """How else this is written: AZ-104 is AZ104 as well, and Python3.11 is Python 3.11.

    A single word (Java8) is answered by what is kept of texts (`words.numbered`), but for the shortest (AZ104).
    """
    if part.isalnum() and not SHORT.fullmatch(part):
        return [part]
    return list(dict.fromkeys((part, APART.sub(r"\1\2", part), GLUED.sub(r"\1 \2", part))))


def with_numbers(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each word with the number that follows it, or with nothing: "Java 8 developer" has "Java" with "8"."""
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        belongs = word.isalpha() and rest and re.match(NUMBER, rest[-1])
        yield word, rest.pop() if belongs else ""


def _says_something(part: re.Match[str]) -> bool:
    return any(letter.isalnum() for letter in part["quoted"] or part["word"] or "")


def _alternative(parts: list[re.Match[str]]) -> Alternative:
    wanted = [part for part in parts if not part["minus"]]
    return Alternative(
        words=tuple(part["word"] for part in wanted if part["word"]),
        quoted=tuple(part["quoted"] for part in wanted if part["quoted"]),
        without=tuple(part["quoted"] or part["word"] for part in parts if part["minus"]),
    )
