"""The list of erasures beside the database: after a restore it says whose data have to go once more.

A line of JSON for each, without a word about the person: the number of their row and when it was made (numbers begin
again after a restore from before it), when they were erased, and the reference of the receipt. It is only added to.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


class Unreadable(ValueError):
    """A line of the list is none: `line` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"Line {line} is no erasure.")
        self.line = line


@dataclass(frozen=True)
class Entry:
    candidate: int
    created_at: str
    erased_at: str
    reference: str


def path() -> Path:
    return Path(settings.ERASURES)


def add(entries: Iterable[Entry]) -> None:
    """Write them down, and have the disk keep it, before the rows go: what is written twice is done once."""
    where = path()
    where.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(entry), separators=(",", ":")) + "\n" for entry in entries]
    with open(where, "a", opener=_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def entries(source: Path) -> Iterator[Entry]:
    """What the list holds; a last line that was cut off is none."""
    with source.open() as file:
        for number, line in enumerate(file, 1):
            if not line.endswith("\n"):
                return
            try:
                known = json.loads(line)
                entry = Entry(**known)
                datetime.fromisoformat(entry.created_at)
            except (ValueError, TypeError) as problem:
                raise Unreadable(number) from problem
            yield entry
