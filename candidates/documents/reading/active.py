"""What a file would do beside being read. Runs in the shut-in process only (`child.py`)."""

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from candidates.documents.domain.findings import Holds

LOOKERS = {"pdf": "active_pdf", "docx": "active_docx", "odt": "active_odt", "rtf": "active_rtf"}
KEPT = "holds.json"

ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
"""An address that is not inside the file: with a scheme or a drive, or of another machine."""
FETCHES = re.compile(
    r'[\s"\\]*(?:DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD)\b'
    r"|.*\bQUOTE\s+(?:\d+\s+){2,}\d",
    re.IGNORECASE | re.DOTALL,
)
"""What a word processor's field begins with that does more than print; QUOTE spells such a word in numbers."""
ORDINARY_LINK = re.compile(r"\s*(?:https?:|mailto:|tel:|#|$)", re.IGNORECASE)


def prepare(kind: str) -> Callable[[Path], set[Holds]]:
    """Load what looks into files of this kind, while libraries may still be loaded."""
    if kind not in LOOKERS:
        return _nothing
    module = import_module(f"candidates.documents.reading.{LOOKERS[kind]}")
    for name in module.NEEDS:
        import_module(name)
    look: Callable[[Path], set[Holds]] = module.look
    return look


def _nothing(path: Path) -> set[Holds]:
    return set()


def keep(look: Callable[[Path], set[Holds]], path: Path, folder: Path) -> None:
    """Leave what was found, before the file is read: it counts also where reading it fails."""
    try:
        holds = look(path)
    except Exception:  # noqa: BLE001 - whatever the file makes a parser do
        holds = {Holds.UNKNOWN}
    (folder / KEPT).write_text(json.dumps(sorted(holds)))


def kept(folder: Path) -> tuple[str, ...]:
    """What the child left; nothing that we know counts as unknown."""
    try:
        found = {Holds(each) for each in json.loads((folder / KEPT).read_bytes())}
    except (OSError, ValueError, TypeError):
        found = {Holds.UNKNOWN}
    return tuple(sorted(found))
