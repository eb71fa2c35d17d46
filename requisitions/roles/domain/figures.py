"""What the floors above know about requisitions: counts, and what partners owe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ats.accounts.models import User
from requisitions.roles.models import Requisition


@dataclass(frozen=True)
class Figures:
    """How many are in play, how many of them nobody has looked at yet, and to how many we are late."""

    active: int = 0
    new: int = 0
    overdue: int = 0


class Counts(Protocol):
    def __call__(
        self, requisitions: Iterable[int], *, now: datetime, user: User | None
    ) -> Mapping[int, Figures]: ...


_counts: list[Counts] = []


def provide(counts: Counts) -> Counts:
    """Let the decorated function count for lists of requisitions, with a fixed number of queries."""
    _counts[:] = [counts]
    return counts


def figures(requisitions: Iterable[int], *, now: datetime, user: User | None = None) -> dict[int, Figures]:
    """The figures of each of these requisitions, of whom `user` may know; zeros where nobody counts."""
    ids = list(requisitions)
    found = _counts[0](ids, now=now, user=user) if _counts else {}
    return {number: found.get(number, Figures()) for number in ids}


@dataclass(frozen=True)
class Owed:
    """What one of the two partners owes the other now: what comes first, and how late it is."""

    who: User
    said: str
    due_at: datetime
    lateness: str
    """In working time; empty while there is time."""
    href: str


class Owing(Protocol):
    def __call__(
        self, requisition: Requisition, *, user: User, now: datetime, only_late: bool
    ) -> list[Owed]: ...


_owing: list[Owing] = []


def provide_owing(owing: Owing) -> Owing:
    """Let the decorated function say what the partners of a requisition owe each other, to who may know it."""
    _owing[:] = [owing]
    return owing


def owed(requisition: Requisition, *, user: User, now: datetime, only_late: bool = False) -> list[Owed]:
    """Who is late first; nothing where nobody says."""
    return _owing[0](requisition, user=user, now=now, only_late=only_late) if _owing else []
