"""What servers and mail programs say in people's languages: whether one of the pieces of `phrases.toml` is in a text.

Pieces and no patterns: they are found in one go each, whatever stands around them.
"""

import tomllib
import unicodedata
from pathlib import Path

LONGEST = 10_000

_ALL = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """A text as the pieces are written: small letters, one space, straight apostrophes."""
    folded = unicodedata.normalize("NFC", text[:LONGEST]).casefold().replace("\u2019", "'")
    return " ".join(folded.split())


def _pieces(name: str) -> tuple[str, ...]:
    """All of one meaning, of every language."""
    return tuple(dict.fromkeys(plain(piece) for pieces in _ALL[name].values() for piece in pieces))


FAILED = _pieces("failed")
DELAYED = _pieces("delayed")
GIVEN_UP = _pieces("given_up")
REFUSED = _pieces("refused")
AUTOMATIC = _pieces("automatic")
AWAY = frozenset(_pieces("away"))
COMPLAINT = _pieces("complaint")
TOO_MANY = _pieces("too_many")
STATUSES = {status: tuple(plain(piece) for piece in pieces) for status, pieces in _ALL["statuses"].items()}
FULL, POLICY = "5.2.2", "5.7.1"


def says(text: str, pieces: tuple[str, ...]) -> bool:
    """Whether a text that is `plain` holds one of these."""
    return any(piece in text for piece in pieces)


def status_in(text: str) -> str:
    """The code for what these words mean, if they mean one."""
    said = plain(text)
    return next((status for status, pieces in STATUSES.items() if says(said, pieces)), "")


def not_gone(text: str) -> str:
    """The code where words say that an address is there, full or written to too often, whatever a code says."""
    said = plain(text)
    if says(said, STATUSES[FULL]):
        return FULL
    return POLICY if says(said, TOO_MANY) else ""
