"""Finding phrases in a text: pure, and linear in the text's length whatever somebody pastes.

A phrase is made of words. Case and accents do not matter, `*` at the end of a word stands for any ending,
`...` between words for up to four words. A match stays within one sentence.
"""

import re
import unicodedata
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ats.kernel.staff_words import gettext

GAP = 4
"""How many words `...` may stand for."""

MOST_GAPS = 4
"""Each makes the places where a phrase may go on five times as many."""

STEPS, STEPS_A_WORD = 50_000, 40
"""How far a text is looked through: phrases and texts that are written to cost more than that are left."""

SHORTEST_PREFIX = 3
LONGEST_WORD = 60

# A line alone ends no sentence, as texts are wrapped; an empty line and the next point of a list do.
# Accents that stand apart, soft hyphens and marks of no width are part of a word, and are not read.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_TOKENS = re.compile(rf"(?P<word>[^\W_](?:[^\W_]|[{_INSIDE}'\u2019])*)|[.?!;•]|\n(?=[ \t]{{0,20}}[\n*-])")
_UNREAD = re.compile(rf"[{_INSIDE}]")
_PARTS = re.compile(r"\.{3}|…")
_PHRASE_WORDS = re.compile(rf"([^\W_](?:[^\W_]|[{_INSIDE}'\u2019])*)(\*?)")


class NoPhrase(ValueError):
    """Words that cannot be looked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as it is compared, where it stands, and in which sentence."""

    word: str
    start: int
    end: int
    sentence: int


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    if word.isascii():
        word = word.lower()
    else:
        apart = unicodedata.normalize("NFKD", _UNREAD.sub("", word).replace("\u2019", "'"))
        word = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return word.rstrip("'").removesuffix("'s") or word


def tokens(text: str) -> list[Token]:
    """The words of a text; what is longer than any word is left out."""
    found = []
    sentence = 0
    for match in _TOKENS.finditer(text):
        start, end = match.span()
        if match["word"] is None:
            sentence += 1
        elif end - start <= LONGEST_WORD:
            found.append(Token(_folded(match["word"]), start, end, sentence))
    return found


@dataclass(slots=True)
class _Node:
    """What has been read of some phrases, and what may follow."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    beginnings: dict[str, "_Node"] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    after_gap: "_Node | None" = None
    ends: list[int] = field(default_factory=list)

    def following(self, word: str) -> Iterator["_Node"]:
        if (node := self.words.get(word)) is not None:
            yield node
        for length in self.lengths:
            if (node := self.beginnings.get(word[:length])) is not None and len(word) >= length:
                yield node


@dataclass(frozen=True, slots=True)
class Span:
    """Where one of the phrases stands: which one, and from which token to which (inclusive)."""

    phrase: int
    first: int
    last: int


def parsed(phrase: str) -> list[list[tuple[str, bool]]]:
    """The words of a phrase, each with whether it is a beginning only; a list for each part between gaps."""
    parts = [
        [(_folded(word), bool(star)) for word, star in _PHRASE_WORDS.findall(part)]
        for part in _PARTS.split(phrase)
    ]
    if not parts or not all(parts):
        raise NoPhrase(gettext("“%(phrase)s” needs a word before and after each gap.") % {"phrase": phrase})
    if len(parts) > MOST_GAPS + 1:
        raise NoPhrase(
            gettext("“%(phrase)s” has more than %(most)s gaps: make several phrases of it.")
            % {"phrase": phrase, "most": MOST_GAPS}
        )
    for word, is_beginning in (pair for part in parts for pair in part):
        if is_beginning and len(word) < SHORTEST_PREFIX:
            raise NoPhrase(
                gettext("“%(word)s*” would find nearly everything: write at least %(fewest)s letters.")
                % {"word": word, "fewest": SHORTEST_PREFIX}
            )
    return parts


class Phrases:
    """Many phrases, looked for in one pass."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = _Node()
        for number, phrase in enumerate(phrases):
            self._add(number, phrase)

    def _add(self, number: int, phrase: str) -> None:
        node = self._root
        for at, part in enumerate(parsed(phrase)):
            if at:
                node.after_gap = node.after_gap or _Node()
                node = node.after_gap
            for word, is_beginning in part:
                ways = node.beginnings if is_beginning else node.words
                following = ways.setdefault(word, _Node())
                node.lengths = tuple(sorted({len(known) for known in node.beginnings}))
                node = following
        node.ends.append(number)

    def find(self, words: Sequence[Token]) -> Iterator[Span]:
        """Every place of every phrase, by where it begins."""
        left = STEPS + STEPS_A_WORD * len(words)
        for first, token in enumerate(words):
            for node in self._root.following(token.word):
                left = yield from self._from(node, words, first, left)
                if left <= 0:
                    return

    def _from(self, node: _Node, words: Sequence[Token], first: int, left: int) -> Generator[Span, None, int]:
        """The phrases that begin at `first`, of which `node` has read one word; how many steps are left then."""
        sentence = words[first].sentence
        reached = [(node, first)]
        seen = {(id(node), first)}
        while reached and left > 0:
            node, last = reached.pop()
            left -= 1
            for phrase in node.ends:
                yield Span(phrase, first, last)
            for source, at in _next_places(node, last):
                left -= 1
                if at >= len(words) or words[at].sentence != sentence:
                    continue
                for following in source.following(words[at].word):
                    if (id(following), at) not in seen:
                        seen.add((id(following), at))
                        reached.append((following, at))
        return left


def _next_places(node: _Node, last: int) -> Iterator[tuple[_Node, int]]:
    """From which node a word may be read next, and where it may stand."""
    yield node, last + 1
    if node.after_gap is not None:
        for skipped in range(GAP + 1):
            yield node.after_gap, last + 1 + skipped
