"""How many SMS a text takes (3GPP TS 23.038, 23.040), and making one shorter that would take more than it should.

A text in the letters of GSM 7-bit has 160 in one SMS, 153 in each of several; any other letter makes all of it
UCS-2: 70, and 67.
"""

import unicodedata
from collections.abc import Callable

MOST = 2
"""So many an SMS of ours may take."""
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""These take two places."""
PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
"""Signs that say the same in letters that cost less."""
SHORTEST_NAME = 8


def segments(text: str) -> int:
    """How many SMS this text takes; none for no text."""
    if is_gsm(text):
        return _count([2 if letter in EXTENDED else 1 for letter in text], one=160, each=153)
    return _count([2 if ord(letter) > 0xFFFF else 1 for letter in text], one=70, each=67)


def is_gsm(text: str) -> bool:
    return all(letter in BASIC or letter in EXTENDED for letter in text)


def _count(places: list[int], *, one: int, each: int) -> int:
    """A letter of two places is not cut in half: it goes into the next."""
    if sum(places) <= one:
        return 1 if places else 0
    count, used = 1, 0
    for place in places:
        if used + place > each:
            count, used = count + 1, 0
        used += place
    return count


def fitted(say: Callable[[str], str], name: str) -> str:
    """What `say` makes of this name, in no more than `MOST` SMS where that can be.

    What makes it too long gives way: first letters that GSM does not have become those that they are made of, then
    the name is cut. Words and address stay.
    """
    text = say(name).translate(PLAIN)
    if segments(text) > MOST and is_gsm(bare := _bare(text)):
        text = bare
        name = _bare(name)
    while segments(text) > MOST and len(name) > SHORTEST_NAME:
        name = name[:-1].rstrip()
        text = say(f"{name}.").translate(PLAIN)
    return text


def _bare(text: str) -> str:
    """Letters that GSM lacks without what stands above or below them."""
    return "".join(
        letter if letter in BASIC or letter in EXTENDED else _without_marks(letter)
        for letter in unicodedata.normalize("NFC", text)
    )


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
