"""The words of an RTF file. Runs in the shut-in process only (`child.py`)."""

from pathlib import Path

from candidates.documents.reading.found import Found

NEEDS = ("striprtf.striprtf", "encodings.cp1252")


def read(path: Path, folder: Path) -> Found:
    from striprtf.striprtf import rtf_to_text

    content = path.read_bytes().decode("cp1252", "replace")
    return Found(rtf_to_text(content, errors="ignore"))
