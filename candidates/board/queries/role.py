"""What the head of a board says, and where its cards stand."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from ats.accounts.models import User
from ats.kernel.rows import answers
from ats.kernel.staff_words import gettext, ngettext, pgettext
from ats.kernel.when import counted
from candidates.applications.models import Application
from candidates.promises.models import WAITS_TOO_LONG, Promise, waits_too_long
from requisitions.models import Requisition, Side, Stage

MOST_NAMED = 10
"""People who are named before the rest is counted."""

NAMED = 12
"""People of a role that are named where all of them are meant."""


@dataclass(frozen=True)
class Heading:
    """Where a requisition stands: seats, and whose move it is for how many."""

    seats: int
    filled: int
    active: int
    late: int
    with_manager: int
    with_candidates: int


HEADING = f"""
    SELECT seats.n AS seats, seats.filled, owed.* FROM (
        SELECT count(*) AS n, count(*) FILTER (WHERE state = 'filled') AS filled FROM requisitions_opening
        WHERE requisition_id = %(requisition)s AND state <> 'cancelled'
    ) AS seats, (
        SELECT count(*) AS active, count(*) FILTER (WHERE {WAITS_TOO_LONG}) AS late,
               count(*) FILTER (WHERE p.side = 'manager') AS with_manager,
               count(*) FILTER (WHERE p.side = 'candidate') AS with_candidates
        FROM candidates_promise p JOIN candidates_application a ON a.id = p.application_id
        WHERE a.requisition_id = %(requisition)s AND p.state = 'open' AND a.id <> ALL(%(kept)s)
    ) AS owed
"""  # noqa: S608


def heading(requisition: Requisition, *, now: datetime, kept: Collection[int] = ()) -> Heading:
    """One query, in plain words: it stands on every board. Without those who are `kept` from its viewer."""
    return Heading(**answers(HEADING, {"requisition": requisition.pk, "now": now, "kept": list(kept)}))


@dataclass(frozen=True)
class Move:
    """What one side owes: to how many, to how many of them past its date, and what comes first."""

    side: str
    count: int
    late: int
    next: Promise

    def who(self) -> User | str:
        return pgettext("one of two sides", "Candidates") if self.side == Side.CANDIDATE else self.next.owner

    def said(self, viewer: User) -> str:
        late = ""
        if self.late:
            too_long = ngettext(", %(number)s waits too long", ", %(number)s wait too long", self.late)
            late = too_long % {"number": self.late}
        return self._what(yours=self.next.owner == viewer) + late

    def _what(self, *, yours: bool) -> str:
        number = {"number": self.count}
        people = ngettext("%(number)s person", "%(number)s people", self.count) % number
        if self.side == Side.CANDIDATE:
            return gettext("The next step is theirs: %(people)s") % {"people": people}
        if self.side == Side.SCHEDULING and yours:
            said = ngettext(
                "You find a time with %(number)s person", "You find a time with %(number)s people", self.count
            )
        elif self.side == Side.SCHEDULING:
            said = ngettext(
                "Finds a time with %(number)s person", "Finds a time with %(number)s people", self.count
            )
        elif yours:
            said = ngettext(
                "You owe %(number)s person an answer", "You owe %(number)s people an answer", self.count
            )
        else:
            said = ngettext(
                "Owes %(number)s person an answer", "Owes %(number)s people an answer", self.count
            )
        return said % number


def moves(requisition: Requisition, *, now: datetime, kept: Collection[int] = ()) -> list[Move]:
    """Whose move it is, side by side: of each the one who waits longest in vain, or whatever is due first.

    Two queries.
    """
    owed = Promise.objects.open().filter(application__requisition=requisition)
    owed = owed.exclude(application__in=kept) if kept else owed
    counts = {
        row["side"]: row
        for row in owed.values("side").annotate(
            count=Count("pk"), late=Count("due_at", filter=waits_too_long(now))
        )
    }
    first = owed.order_by("side", F("waiting_since").asc(nulls_last=True), "due_at", "pk").distinct("side")
    # By their numbers first: to put whole rows of thousands in order takes many times as long.
    shown = Promise.objects.filter(pk__in=first.values("pk")).select_related(
        "owner", "application__candidate"
    )
    rows = [
        Move(promise.side, counts[promise.side]["count"], counts[promise.side]["late"], promise)
        for promise in shown.order_by("side")
        if promise.side in counts
    ]
    return sorted(rows, key=lambda move: (not move.late, move.next.waiting_since or move.next.due_at))


@dataclass(frozen=True)
class Place:
    """Where an application stands, in which version of it, and whose it is."""

    id: int
    stage: Stage
    version: int
    name: str


def places(requisition_id: int, ids: Sequence[int]) -> dict[int, Place]:
    """Those of these applications that are of the requisition, in the order given; one query."""
    rows = Application.objects.filter(requisition=requisition_id, pk__in=ids)
    rows = rows.select_related("stage", "candidate").only(
        "version", "stage", "candidate__first_name", "candidate__last_name"
    )
    found = {row.pk: Place(row.pk, row.stage, row.version, row.candidate.name) for row in rows}
    return {pk: found[pk] for pk in ids if pk in found}


@dataclass(frozen=True)
class Named:
    """The first of many people by name, and how many more there are."""

    names: list[str]
    more: int

    def __str__(self) -> str:
        if self.more:
            return f"{', '.join(self.names)} and {counted(self.more, 'other', 'others')}"
        return " and ".join(filter(None, [", ".join(self.names[:-1]), *self.names[-1:]]))


def named(ids: Iterable[int]) -> Named:
    """Ten by name, in the order in which they applied; one query."""
    every = list(ids)
    rows = Application.objects.filter(pk__in=every).order_by("pk")
    pairs = rows.values_list("candidate__first_name", "candidate__last_name")[:MOST_NAMED]
    return Named([f"{first} {last}".strip() for first, last in pairs], max(0, len(every) - MOST_NAMED))


def rejected_together(requisition_id: int, *, by: User, at: datetime) -> list[int]:
    """Those of this role whom this person decided about in one go, at that very moment."""
    rows = Application.objects.filter(
        requisition=requisition_id, state="rejected", decided_by=by, decided_at=at
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Waiting:
    """Who is in play for a role: how many in each stage, and the first of them."""

    count: int
    stages: list[tuple[str, int]]
    first: Application | None
    names: list[str]


def waiting(requisition: Requisition, *, kept: Collection[int] = ()) -> Waiting:
    """Two queries."""
    rows = Application.objects.active().filter(requisition=requisition)
    rows = rows.exclude(pk__in=kept) if kept else rows
    stages = list(rows.order_by("stage__position").values_list("stage__name").annotate(n=Count("pk")))
    first = list(rows.whole().order_by("stage__position", "stage_entered_at", "pk")[:NAMED])
    return Waiting(
        count=sum(n for _, n in stages),
        stages=stages,
        first=first[0] if first else None,
        names=[row.candidate.name for row in first],
    )


def ids_in_play(requisition: Requisition) -> list[int]:
    return list(Application.objects.active().filter(requisition=requisition).values_list("pk", flat=True))


def place_of(requisition_id: int, application_id: int) -> Place | None:
    return places(requisition_id, [application_id]).get(application_id)
