"""Having the words of a page recognised from its picture, where this machine has Tesseract's languages (OCR_DATA)."""

import json
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from django.conf import settings

from ats.sandbox import run_child
from candidates.documents.domain.languages import to_look_for
from candidates.documents.reading import copied, tidy

CHILD = "candidates.documents.reading.recognise"
SECONDS = 60
"""How long one page may take."""
MAX_CHARACTERS = 20_000
PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)
"""Where Debian and others put them."""
NO_LANGUAGE = {"osd", "equ"}


def data() -> Path | None:
    """The folder of the languages; None: pages are not recognised on this machine."""
    folders = [settings.OCR_DATA] if settings.OCR_DATA else PLACES
    return next((Path(each) for each in folders if known(Path(each))), None) if _engine() else None


def _engine() -> bool:
    return find_spec("tesserocr") is not None


def known(folder: Path | None) -> set[str]:
    """The languages in this folder."""
    return {path.stem for path in folder.glob("*.traineddata")} - NO_LANGUAGE if folder else set()


def languages(countries: Iterable[str]) -> list[str]:
    """Those that are set (OCR_LANGUAGES), or else those of these countries, as far as this machine has them."""
    there = known(data())
    return [each for each in settings.OCR_LANGUAGES if each in there] or to_look_for(countries, known=there)


def recognise(
    file: IO[bytes], page: int, *, countries: Iterable[str], seconds: float = SECONDS
) -> str | None:
    """The words on the picture of this page of a PDF, perhaps none; None where it could not be looked at.

    Never raises for what is in the file.
    """
    with copied(file) as folder:
        spoken = "+".join(languages(countries))
        if not run_child(CHILD, str(folder), str(page), spoken, str(data()), seconds=seconds):
            return None
        try:
            result = json.loads((folder / "result.json").read_bytes())
            return None if result.get("problem") else tidy(_words(folder))
        except (OSError, ValueError, AttributeError):
            return None


def _words(folder: Path) -> str:
    return (folder / "text").read_text("utf-8", "replace")[:MAX_CHARACTERS]
