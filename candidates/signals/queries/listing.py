"""Signals for somebody who may see everybody in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ats.accounts.models import User
from ats.web.cursors import Cursor
from candidates.documents.models import Document
from candidates.duplicates.models import Likeness
from candidates.people.models import Candidate
from candidates.signals.models import Signal, SignalKind, SignalPerson, SignalState

PAGE, SHOWN = 25, 8


@dataclass(frozen=True)
class Line:
    """A signal with its people; `alike`: two of them may be one person, which is another question."""

    signal: Signal
    people: Sequence[Candidate]
    total: int
    alike: bool

    @property
    def more(self) -> int:
        return self.total - len(self.people)


@dataclass(frozen=True)
class Lines:
    rows: Sequence[Line]
    next: Cursor | None


def lines(user: User, *, state: str, after: Cursor | None = None) -> Lines:
    """Newest first; without what hangs on a file that the reader may not see."""
    rows = Signal.objects.visible_to(user).filter(state=state).select_related("decided_by")
    if after is not None:
        moment, number = after
        rows = rows.filter(found_at__lte=moment).exclude(found_at=moment, pk__gte=number)
    page = list(rows.order_by("-found_at", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    page = page[:PAGE]
    people = _people([row.pk for row in page])
    readable = _readable(user, page, people)
    shown = {number for row in page for number in people[row.pk][:SHOWN]}
    known = Candidate.objects.without_words().in_bulk(shown)
    alike = _alike({number for numbers in people.values() for number in numbers})
    made = [
        Line(
            row,
            [known[number] for number in people[row.pk][:SHOWN] if number in known],
            len(people[row.pk]),
            any(pair <= set(people[row.pk]) for pair in alike),
        )
        for row in page
        if row.pk in readable
    ]
    return Lines(made, (more.found_at, more.pk) if more else None)


def counts(user: User) -> dict[str, int]:
    seen = Signal.objects.visible_to(user)
    return {state: seen.filter(state=state).count() for state in SignalState.values}


def _people(signals: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = SignalPerson.objects.filter(signal__in=signals).order_by("-found_at", "-pk")
    for signal, number in rows.values_list("signal", "candidate"):
        found[signal].append(number)
    return found


def _readable(user: User, page: Sequence[Signal], people: dict[int, list[int]]) -> set[int]:
    of_files = [row for row in page if row.kind in {SignalKind.FILE, SignalKind.UNSEEN}]
    wanted = {number for row in of_files for number in people[row.pk]}
    seen = (
        Document.objects.visible_to(user).filter(candidate__in=wanted) if wanted else Document.objects.none()
    )
    having = set(seen.values_list("candidate", flat=True))
    hidden = {row.pk for row in of_files if not having.issuperset(people[row.pk])}
    return {row.pk for row in page} - hidden


def _alike(people: set[int]) -> list[set[int]]:
    rows = Likeness.objects.open().filter(first__in=people, second__in=people)
    return [{first, second} for first, second in rows.values_list("first", "second")]
