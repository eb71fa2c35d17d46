"""The words of a plain text. Runs in the shut-in process only (`child.py`)."""

from pathlib import Path

from candidates.documents.reading.found import Found

NEEDS = ("encodings.utf_16", "encodings.cp1252")


def read(path: Path, folder: Path) -> Found:
    return Found(_decoded(path.read_bytes()))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
