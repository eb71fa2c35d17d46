"""Which module reads which kind of file. Runs in the shut-in process only (`child.py`)."""

from importlib import import_module
from pathlib import Path

from candidates.documents.reading.found import Found

READERS = {kind: f"candidates.documents.reading.{kind}" for kind in ("pdf", "docx", "odt", "rtf", "txt")}
"""Each has `read(path, folder)`, which leaves pictures of pages in the folder, and names in `NEEDS` what it loads."""


def prepare(kind: str) -> None:
    """Load the libraries for this kind while libraries may still be loaded."""
    for module in import_module(READERS[kind]).NEEDS:
        import_module(module)


def read(kind: str, path: Path, folder: Path) -> Found:
    """What stands in the file at `path`; `Unreadable` says why it cannot be read."""
    found: Found = import_module(READERS[kind]).read(path, folder)
    return found
