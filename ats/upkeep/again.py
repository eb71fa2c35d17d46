"""Who knows how to do again, after a restore, what was erased since the backup was made.

The ground floor restores; whose data they are a higher floor knows.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ats.duework import standstill
from ats.upkeep.errors import Refused

Again = Callable[[Path, datetime], int]
_known: list[Again] = []


def does_again(again: Again) -> Again:
    """Let the decorated function, of the list of erasures and now, do them again; how many there were."""
    _known.append(again)
    return again


def erase_again(source: Path, *, now: datetime) -> int:
    """Erase whom this list names and who is here; `Refused` where it is no such list. Done twice, it is done once."""
    try:
        found = sum(again(source, now) for again in _known)
    except ValueError as problem:
        raise Refused(f"{source} is no list of erasures. {problem}") from problem
    standstill.note_erased_again(found)
    return found
