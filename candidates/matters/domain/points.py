"""What somebody said matters to them, taken apart into its points; pure."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

MOST = 30
"""Who writes more lines than these has written a letter: the rest of it is one point."""
SHORT = 40
"""Letters of a point in a list with commas; what is longer is a sentence with commas in it."""
KEY = 16
_SIGN = re.compile(r"^\s*(?:[-*•·\u2013\u2014]|\(?\d{1,2}[.)])\s+")
_SENTENCES = re.compile(r"(?<=[.!?؟。])\s+|\s*[;؛]\s*")
_COMMAS = re.compile(r"\s*[,،、]\s*")


@dataclass(frozen=True)
class Said:
    """One point in their words, and the key by which it is known again."""

    words: str
    key: str


def points(text: str) -> list[Said]:
    """A line or a sign of a list begins a point; in a single paragraph a sentence does, or a comma in a short list.

    What was said twice is one point.
    """
    lines = [said for line in text.splitlines() if (said := _SIGN.sub("", line).strip())]
    if len(lines) == 1:
        lines = _in_a_line(lines[0])
    if len(lines) > MOST:
        lines = [*lines[: MOST - 1], "\n".join(lines[MOST - 1 :])]
    found = {key_of(words): words for words in reversed(lines)}
    return [Said(words, key) for key, words in reversed(found.items())]


def key_of(words: str) -> str:
    """The same for the same words, whatever their capitals, blanks and the mark at their end."""
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split()).rstrip(".!?؟。;؛,،")
    return sha256(plain.encode()).hexdigest()[:KEY]


def _in_a_line(line: str) -> list[str]:
    sentences = [said for part in _SENTENCES.split(line) if (said := part.strip())]
    if len(sentences) > 1:
        return sentences
    parts = [said for part in _COMMAS.split(line) if (said := part.strip())]
    is_list = len(parts) > 2 and all(len(part) <= SHORT for part in parts)
    return parts if is_list else [line]
