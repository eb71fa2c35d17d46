"""What somebody asks in a search box: words, "phrases", -not and OR, as in a web search."""

import re
from dataclasses import dataclass

QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033]")
"""What word processors and telephones make of a quotation mark."""
BETWEEN = r'\s"/,;|()<>\[\]{}\u00ab\u00bb\u2039\u203a'
"""What stands between two words that need not be side by side."""
PART = re.compile(rf'(?P<minus>(?<!\S)-(?=[\w".+#]))?(?:"(?P<quoted>[^"]*)"|(?P<word>[^{BETWEEN}]+))')
OR = frozenset({"OR", "or"})
MOST_PARTS = 40


@dataclass(frozen=True)
class Alternative:
    """What must be in a text: each of `words`, what is `quoted` side by side, nothing of `without`."""

    words: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def alternatives(question: str) -> tuple[Alternative, ...]:
    """What is asked, of which one is enough. A dash by itself asks for nothing; "Or" can be somebody's name."""
    parts = [part for part in PART.finditer(QUOTES.sub('"', question)) if _says_something(part)][:MOST_PARTS]
    groups: list[list[re.Match[str]]] = [[]]
    for place, part in enumerate(parts):
        if part["word"] in OR and not part["minus"] and 0 < place < len(parts) - 1:
            groups.append([])
        else:
            groups[-1].append(part)
    return tuple(_alternative(group) for group in groups if group)


def _says_something(part: re.Match[str]) -> bool:
    return any(letter.isalnum() for letter in part["quoted"] or part["word"] or "")


def _alternative(parts: list[re.Match[str]]) -> Alternative:
    wanted = [part for part in parts if not part["minus"]]
    return Alternative(
        words=tuple(part["word"] for part in wanted if part["word"]),
        quoted=tuple(part["quoted"] for part in wanted if part["quoted"]),
        without=tuple(part["quoted"] or part["word"] for part in parts if part["minus"]),
    )
