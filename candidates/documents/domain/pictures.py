"""Pages of which a file has only a picture: where their words belong, and where they stand once they are recognised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from ats.kernel.kept import kept

MOST = 10
"""Pages of one file whose words are recognised."""
MAX_NAMED = 5


class State(StrEnum):
    """Kept in rows: names stay."""

    WAITING = "waiting"
    READ = "read"
    NOTHING = "nothing"
    FAILED = "failed"
    LEFT = "left"


class PicturePage(TypedDict):
    """A page by its number; its words belong at, or stand from, this place in the document's text."""

    page: int
    at: int
    length: int
    state: str


@dataclass(frozen=True)
class Part:
    """A piece of a document's text; with `page`, it was recognised from the picture of that page."""

    words: str
    page: int | None = None


def begun(places: Iterable[tuple[int, int]], *, can: bool) -> list[PicturePage]:
    """Pages as they are found, each with its place; those that wait are to be recognised, if this machine can."""
    return [
        PicturePage(page=page, at=at, length=0, state=State.WAITING if can and index < MOST else State.LEFT)
        for index, (page, at) in enumerate(sorted(places))
    ]


def waiting(pages: Iterable[PicturePage]) -> list[int]:
    return [each["page"] for each in pages if each["state"] == State.WAITING]


def read(pages: Iterable[PicturePage]) -> list[int]:
    return [each["page"] for each in pages if each["state"] == State.READ]


def placed(
    text: str, pages: Sequence[PicturePage], *, page: int, words: str
) -> tuple[str, list[PicturePage]]:
    """The text with the words of this page where it belongs; what comes behind it moves on."""
    at = next(each["at"] for each in pages if each["page"] == page)
    before, after = text[:at], text[at:]
    start = at + len(lead := "\n\n" if before and not before.endswith("\n\n") else "")
    added = f"{lead}{words}" + ("\n\n" if after and not after.startswith("\n\n") else "")
    moved = [
        each | {"at": each["at"] + len(added)} if each["page"] > page else each
        for each in settled(pages, page=page, state=State.READ)
    ]
    found = [each | {"at": start, "length": len(words)} if each["page"] == page else each for each in moved]
    return before + added + after, found


def settled(pages: Iterable[PicturePage], *, page: int, state: State) -> list[PicturePage]:
    return [each | {"state": state} if each["page"] == page else each for each in pages]


def parts(text: str, pages: Iterable[PicturePage]) -> list[Part]:
    """The text in pieces, those that were recognised apart."""
    found, end = [], 0
    for each in sorted(pages, key=lambda each: each["page"]):
        if each["state"] != State.READ:
            continue
        start = each["at"]
        found += [Part(text[end:start].strip("\n")), Part(text[start : start + each["length"]], each["page"])]
        end = start + each["length"]
    return [part for part in [*found, Part(text[end:].strip("\n"))] if part.words]


def sentences(pages: Sequence[PicturePage]) -> list[str]:
    """What to say of them to both sides, where the file has words besides."""
    left = [each["page"] for each in pages if each["state"] not in {State.READ, State.WAITING}]
    found = []
    if wait := waiting(pages):
        found.append(
            kept(f"There is only a picture of {_named(wait)} so far. Its words are still to be recognised.")
        )
    if left:
        found.append(
            kept(f"There are no words that can be read on {_named(left)}, perhaps only a picture of them.")
        )
    if known := read(pages):
        found.append(kept(f"What stands on {_named(known)} was read from a picture, and may hold mistakes."))
    return found


def _named(numbers: Sequence[int]) -> str:
    some = ", ".join(str(number) for number in numbers[:MAX_NAMED])
    return f"page {some}" + (" and more" if len(numbers) > MAX_NAMED else "")
