"""What the readers know: words of several languages, kept as data (`data/README.md`)."""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@lru_cache
def table(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@lru_cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind (`jobs`, `firms`), in small letters."""
    return frozenset(word.lower() for word in table("words")[kind])


def plain(text: str) -> str:
    """In small letters without accents, marks between words as spaces: for comparing."""
    decomposed = unicodedata.normalize(
        "NFKD", text.lower().replace("ß", "ss").replace("ı", "i").replace("ł", "l")
    )
    return " ".join(
        re.sub(r"[^\w\s]|_", " ", "".join(c for c in decomposed if not unicodedata.combining(c))).split()
    )


def alternatives(kind: str) -> str:
    """The words of one kind as a part of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words(kind), key=len, reverse=True))


@lru_cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in table("languages").items():
        for name in names:
            found.setdefault(plain(name), code)
    return found


def language_code(name: str) -> str:
    """The code of the language that this is a name of; empty: of none."""
    return _languages().get(plain(name), "")
