"""Words in a file that nobody sees who looks at it. Runs in the shut-in process only (`child.py`).

They are told to staff and judged by nobody: a template leaves such words behind without anybody's intention.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

LOOKERS = {"pdf": "unseen_pdf", "docx": "unseen_docx", "odt": "unseen_odt", "rtf": "unseen_rtf"}
LONGEST = 1_000
TINY_POINTS = 1.5
"""Letters of this size or less are no letters for the eye."""
NEARLY_WHITE = 0xF5


def look(kind: str, path: Path) -> str:
    """The words, a place a line; nothing where they cannot be told from others."""
    if kind not in LOOKERS:
        return ""
    find: Callable[[Path], list[str]] = import_module(f"candidates.documents.reading.{LOOKERS[kind]}").find
    try:
        found = [" ".join(each.split()) for each in find(path)]
    except Exception:  # noqa: BLE001 - what the file makes a parser do is said where its words are read
        return ""
    return "\n".join(dict.fromkeys(each for each in found if any(map(str.isalnum, each))))[:LONGEST]


def prepare(kind: str) -> None:
    """Load what looks, while libraries may still be loaded."""
    if kind in LOOKERS:
        import_module(f"candidates.documents.reading.{LOOKERS[kind]}")


def is_white(colour: str) -> bool:
    """Whether six hexadecimal digits, with or without `#`, are white or nearly so."""
    digits = colour.removeprefix("#")
    try:
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return len(digits) == 6 and min(parts) >= NEARLY_WHITE
