"""Names: kept as their owners write them, compared without accents and case."""

import unicodedata

UNFOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
"""Letters that are letters of their own in Unicode, but are typed without their stroke."""

DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They would turn around the text beside the name; a name in any script is fine without them."""


def fold(text: str) -> str:
    """Text without accents and case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.translate(UNFOLDED).split())


def name_key(first: str, last: str) -> str:
    """A name as it is searched."""
    return fold(f"{first} {last}")[:220]


def one_line(text: str) -> str:
    """What somebody typed into a one-line field: no control characters, line breaks or direction marks."""
    if text.isascii() and text.isprintable():  # as most are; letter by letter takes thirty times as long
        return " ".join(text.split())
    kept = (
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter not in DIRECTION_MARKS and unicodedata.category(letter) != "Cs"
    )
    return " ".join("".join(kept).split())
