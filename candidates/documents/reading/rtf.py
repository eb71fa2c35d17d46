"""The words of an RTF file. Runs in the shut-in process only (`child.py`)."""

from pathlib import Path

from candidates.documents.reading.found import Found

NEEDS = ("striprtf.striprtf", "encodings.cp1252")


def read(path: Path, folder: Path) -> Found:
    return Found(text_of(path.read_bytes()))


def text_of(content: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(content.decode("cp1252", "replace"), errors="ignore")
