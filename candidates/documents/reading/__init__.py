"""Reading strangers' files: in a process of its own that may do nothing else, and not for long."""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from ats.sandbox import run_child
from candidates.documents.reading import active
from candidates.documents.reading.found import LONGEST_LINK, MOST_LINKS, PICTURE

CHILD = "candidates.documents.reading.child"
SECONDS = 15
"""How long one file may take: others wait behind it."""
MAX_CHARACTERS = 200_000
MAX_PAGES = 20
MAX_UNREAD = 10
MAX_UNSEEN = 1_000
MAX_EUROPASS = 300_000
MAX_PAGE_NUMBER = 1_000
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
    """What a file says and looks like, or in plain words why it could not be read, or what of it was not.

    `pictures` are the pages of which there is only a picture: each with its place in the text. `links`: addresses to
    which something in it leads; `europass`: the XML for programs that lies in it.
    """

    text: str = ""
    pages: tuple[Picture, ...] = ()
    problem: str = ""
    unread: tuple[str, ...] = ()
    unseen: str = ""
    holds: tuple[str, ...] | None = None
    pictures: tuple[tuple[int, int], ...] = ()
    links: tuple[str, ...] = ()
    europass: str = ""


def picture_type(content: bytes) -> str | None:
    """The content type of a page's picture; None where it is no picture."""
    if content.startswith(PNG):
        return "image/png"
    return "image/jpeg" if content.startswith(JPEG) else None


def read(file: IO[bytes], kind: str, *, seconds: float = SECONDS) -> Reading:
    """What stands in a file of this kind (`pdf`, `docx`, ...). Never raises for what is in the file.

    Of one that takes too long it is what it has come to until then.
    """
    with copied(file) as folder:
        ended = run_child(CHILD, str(folder), kind, seconds=seconds)
        found = _collect(folder) if ended or (folder / "result.json").exists() else Reading(problem=TOO_LONG)
        return replace(found, holds=active.kept(folder))


def looked_through(file: IO[bytes], kind: str, *, seconds: float = SECONDS) -> tuple[str, ...]:
    """What a file would do beside being read, without reading it."""
    with copied(file) as folder:
        run_child(CHILD, str(folder), kind, "look", seconds=seconds)
        return active.kept(folder)


@contextmanager
def copied(file: IO[bytes]) -> Iterator[Path]:
    """A folder for a child, with the file in it under the name that children know."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        with (Path(folder) / "file").open("wb") as copy:
            while chunk := file.read(1024 * 1024):
                copy.write(chunk)
        yield Path(folder)


def _collect(folder: Path) -> Reading:
    """What the child left behind; it is believed no further than its file would be."""
    try:
        result = json.loads((folder / "result.json").read_bytes())
        if problem := result.get("problem"):
            return Reading(problem=str(problem)[:300])
        words = (folder / "text").read_text("utf-8", "replace")[:MAX_CHARACTERS]
        text, pictures = _put_together(words, [int(number) for number in result.get("pictures", ())])
        unread = [_sentence(each) for each in result.get("unread", ())[:MAX_UNREAD]]
        links = [_link(each) for each in result.get("links", ())[:MOST_LINKS]]
        pages = [_picture(folder, number, size) for number, size in enumerate(result["pages"][:MAX_PAGES], 1)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Reading(problem=GAVE_UP)
    unseen = tidy(str(result.get("unseen", ""))[:MAX_UNSEEN])
    return Reading(
        text,
        tuple(pages),
        unread=tuple(unread),
        unseen=unseen,
        pictures=pictures,
        links=tuple(filter(None, links)),
        europass=_europass(folder),
    )


def _put_together(words: str, pictures: list[int]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, and where in it the pages belong of which there are only pictures."""
    if not pictures:
        return tidy(words), ()
    first, *others = words.split(PICTURE)
    text, places = tidy(first), []
    for number, piece in zip(pictures, others, strict=False):
        if 0 < number < MAX_PAGE_NUMBER:
            places.append((number, len(text)))
        text = "\n\n".join(each for each in (text, tidy(piece)) if each)
    return text, tuple(places)


def _europass(folder: Path) -> str:
    path = folder / "europass"
    return UNWANTED.sub("", path.read_text("utf-8", "replace")[:MAX_EUROPASS]) if path.is_file() else ""


def _link(said: Any) -> str:
    """An address of the web or of mail, in one line; anything else is nothing."""
    link = "".join(tidy(str(said)).split())[:LONGEST_LINK]
    return link if re.match(r"(?:https?://|mailto:)[^\s<>]+$", link) else ""


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
