"""Reading strangers' files: in a process of its own that may do nothing else, and not for long."""

import json
import re
import tempfile
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from ats.sandbox import run_child
from candidates.documents.reading import active

SECONDS = 15
"""How long one file may take: others wait behind it."""
MAX_CHARACTERS = 200_000
MAX_PAGES = 20
MAX_UNREAD = 10
MAX_UNSEEN = 1_000
MAX_PICTURE_BYTES = 8 * 1024 * 1024

TOO_LONG = "Reading it took too long."
GAVE_UP = "It could not be read safely."

UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff"
    r"\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Control characters, halves of letters, the private letters that icon fonts use, and signs that nobody sees: they
would tear the words that people search for."""
SPACES = re.compile("[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True)
class Picture:
    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Reading:
    """What a file says and looks like, or in plain words why it could not be read, or what of it was not."""

    text: str = ""
    pages: tuple[Picture, ...] = ()
    problem: str = ""
    unread: tuple[str, ...] = ()
    unseen: str = ""
    holds: tuple[str, ...] | None = None


def picture_type(content: bytes) -> str | None:
    """The content type of a page's picture; None where it is no picture."""
    if content.startswith(PNG):
        return "image/png"
    return "image/jpeg" if content.startswith(JPEG) else None


def read(file: IO[bytes], kind: str, *, seconds: float = SECONDS) -> Reading:
    """What stands in a file of this kind (`pdf`, `docx`, ...). Never raises for what is in the file."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as copy:
            while chunk := file.read(1024 * 1024):
                copy.write(chunk)
        ended = run_child("candidates.documents.reading.child", folder, kind, seconds=seconds)
        found = _collect(Path(folder)) if ended else Reading(problem=TOO_LONG)
        return replace(found, holds=active.kept(Path(folder)))


def _collect(folder: Path) -> Reading:
    """What the child left behind; it is believed no further than its file would be."""
    try:
        result = json.loads((folder / "result.json").read_bytes())
        if problem := result.get("problem"):
            return Reading(problem=str(problem)[:300])
        text = (folder / "text").read_text("utf-8", "replace")[:MAX_CHARACTERS]
        unread = [_sentence(each) for each in result.get("unread", ())[:MAX_UNREAD]]
        pages = [_picture(folder, number, size) for number, size in enumerate(result["pages"][:MAX_PAGES], 1)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Reading(problem=GAVE_UP)
    unseen = tidy(str(result.get("unseen", ""))[:MAX_UNSEEN])
    return Reading(text=tidy(text), pages=tuple(pages), unread=tuple(unread), unseen=unseen)


def _sentence(said: Any) -> str:
    return " ".join(tidy(str(said)).split())[:300]


def _picture(folder: Path, number: int, size: Any) -> Picture:
    path = folder / f"page-{number}"
    if path.is_symlink() or path.stat().st_size > MAX_PICTURE_BYTES:
        raise ValueError(number)
    content = path.read_bytes()
    width, height = (int(side) for side in size)
    if picture_type(content) is None or not (0 < width < 10_000 and 0 < height < 10_000):
        raise ValueError(number)
    return Picture(content, width, height)


def tidy(text: str) -> str:
    """Text fit for the database, for reading and for searching: accents in one piece with their letters, no control
    characters, no long stretches of nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\u2028", "\n")
    text = unicodedata.normalize("NFC", UNWANTED.sub("", text.replace("\u2029", "\n\n")))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
