"""Letters as they are compared: without case and accents, in their plain form; signs as what they stand for here."""

import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9`\u00b4"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Marks within a word that nobody sees: they go, and leave no gap."""
VOICED = frozenset("\u3099\u309a")
"""Marks of Japanese that make another syllable, and no accent."""
STROKED = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "\u0131": "i",
    "ħ": "h",
    "ŧ": "t",
}
"""Letters that are letters of their own in Unicode, but are typed without their stroke."""
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""How they are written where a keyboard has none: Müller is Mueller, Sørensen Soerensen."""


class _Folding(dict[int, str]):
    """For `str.translate`: each letter is worked out once."""

    def __init__(self, own: dict[str, str]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, code: int) -> str:
        said = self[code] = _plain(chr(code), self._own)
        return said


_PLAIN = _Folding(STROKED)
_SPELLED_OUT = _Folding(STROKED | SPELLED_OUT)


def folded(text: str) -> str:
    """The text in plain small letters, `Łukasz Müller` as `lukasz muller`; in ASCII it stays as long as it was."""
    text = text.casefold()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return plain if VOICED.isdisjoint(plain) else unicodedata.normalize("NFC", plain)  # of half width, apart


def spelled_out(text: str) -> str:
    """The same with umlauts as two letters, `lukasz mueller`; empty where there are none."""
    text = unicodedata.normalize("NFC", text.casefold())
    if text.isascii() or SPELLED_OUT.keys().isdisjoint(text):
        return ""
    return text.translate(_SPELLED_OUT)


def _plain(letter: str, own: dict[str, str]) -> str:
    if letter in own:
        return own[letter]
    if letter in UNSEEN:
        return ""
    if letter in DASHES:
        return "-"
    if letter in APOSTROPHES:
        return "'"
    if unicodedata.category(letter) == "So":  # "™" would become letters
        return " "
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in parts if not unicodedata.combining(part) or part in VOICED)
    return unicodedata.normalize("NFC", kept).casefold()
