"""The words of a plain text. Runs in the shut-in process only (`child.py`)."""

from pathlib import Path

from candidates.documents.reading.charset import decoded
from candidates.documents.reading.found import Found

NEEDS = ("encodings.utf_16", "encodings.cp1252", "chardetng_py")


DOUBT = "Some of its letters may be wrong, for it does not say how they are written. In a PDF they would be right."


def read(path: Path, folder: Path) -> Found:
    text, sure = decoded(path.read_bytes())
    return Found(text, unread=[] if sure else [DOUBT])
