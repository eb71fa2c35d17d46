"""Fields of a question: `stage:interview -source:agency "data engineer"` has two, and words beside them."""

import re
from typing import NamedTuple

NAMES = (
    "stage",
    "state",
    "skill",
    "source",
    "city",
    "rejected",
    "pool",
    "phone",
    "email",
    "role",
    "tag",
    "has",
)
"""What each means is said where people and applications are known."""
MOST = 12
_FIELD = re.compile(
    rf"(?<!\S)(?P<minus>-?)(?P<name>{'|'.join(NAMES)}):"
    '(?:["\u201c\u201d\u201e](?P<quoted>[^"\u201c\u201d]*)["\u201c\u201d]'
    r"|(?P<value>\S*))",
    re.IGNORECASE,
)


class Field(NamedTuple):
    """One of `NAMES`, what it is to be, or is not to be."""

    name: str
    value: str
    is_not: bool = False


class Fielded(NamedTuple):
    words: str
    fields: tuple[Field, ...]


def fielded(question: str) -> Fielded:
    """The words of a question and its fields. What looks like a field and is none of them is words as they stand."""
    fields = [
        Field(match["name"].lower(), (match["quoted"] or match["value"] or "").strip(), bool(match["minus"]))
        for match in _FIELD.finditer(question)
    ]
    words = " ".join(_FIELD.sub(" ", question).split())
    return Fielded(words, tuple(field for field in fields if field.value)[:MOST])
