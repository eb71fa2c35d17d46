"""All that people ask about their data, of every kind, in one list: what is late first.

A room above that knows of another kind (erasure) adds it with `kind`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.data_requests.models import (
    ComplaintState,
    CopyState,
    CorrectionState,
    DataComplaint,
    DataCopy,
    DataCorrection,
)

MOST = 200
"""Of each kind; what is open comes before what is settled."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One request, as the list and my day show it."""

    kind: str
    label: Words
    who: str
    href: str
    since: datetime
    due_at: datetime
    state: str
    is_open: bool
    settled_at: datetime | None = None
    note: str = ""
    grace: timedelta = timedelta()
    """So much later than its day it is still being done."""
    is_held: bool = False
    """Whether something else keeps it from being done, which a person has said: then nobody is late."""

    def is_late(self, now: datetime) -> bool:
        return self.is_open and not self.is_held and self.due_at + self.grace < now


Reads = Callable[[User], Iterable[Line]]
_kinds: dict[str, tuple[Words, Reads]] = {}


def kind(name: str, label: Words) -> Callable[[Reads], Reads]:
    """Let the decorated function read the lines of one kind that a user may see: at most `MOST`, open ones first."""

    def register(reads: Reads) -> Reads:
        _kinds[name] = (label, reads)
        return reads

    return register


def kinds() -> list[tuple[str, Words]]:
    return [(name, label) for name, (label, _) in _kinds.items()]


def lines(user: User, *, now: datetime, only: str = "") -> list[Line]:
    """What is late, longest first; then what is open, by its day; then what is settled, the newest first."""
    found = [line for name, (_, reads) in _kinds.items() if only in {"", name} for line in reads(user)]
    waiting = sorted((line for line in found if line.is_open), key=lambda line: line.due_at)
    settled = [line for line in found if not line.is_open]
    return waiting + sorted(settled, key=lambda line: line.settled_at or line.since, reverse=True)


COPY, CORRECTION = gettext_lazy("Copy of data"), gettext_lazy("Correction of data")
COMPLAINT = gettext_lazy("Complaint")


@kind("copy", COPY)
def copies(user: User) -> Iterable[Line]:
    rows = DataCopy.objects.visible_to(user).select_related("candidate").defer("candidate__search")
    for row in rows.order_by("state", "-asked_at", "-pk")[:MOST]:  # "making" before "ready"
        yield of_copy(row)


def of_copy(row: DataCopy) -> Line:
    taken = gettext("Downloaded") if row.taken_at else gettext("Sent")
    return Line(
        kind="copy",
        label=COPY,
        who=row.candidate.name,
        href=reverse("candidate", args=[row.candidate_id]),
        since=row.asked_at,
        due_at=row.due_at,
        state=taken if row.state == CopyState.READY else gettext("Being made"),
        is_open=row.state == CopyState.MAKING,
        settled_at=row.settled_at,
    )


@kind("correction", CORRECTION)
def corrections(user: User) -> Iterable[Line]:
    rows = DataCorrection.objects.visible_to(user).select_related("candidate").defer("candidate__search")
    for row in rows.order_by("settled_at", "-asked_at", "-pk").reverse()[:MOST]:  # without an end first
        yield of_correction(row)


def of_correction(row: DataCorrection) -> Line:
    return Line(
        kind="correction",
        label=CORRECTION,
        who=row.candidate.name,
        href=reverse("data_correction", args=[row.pk]),
        since=row.asked_at,
        due_at=row.due_at,
        state=gettext("To answer") if row.state == CorrectionState.OPEN else row.get_state_display(),
        is_open=row.state == CorrectionState.OPEN,
        settled_at=row.settled_at,
        note=row.text,
    )


@kind("complaint", COMPLAINT)
def complaints(user: User) -> Iterable[Line]:
    rows = DataComplaint.objects.visible_to(user)
    for row in rows.order_by("settled_at", "-asked_at", "-pk").reverse()[:MOST]:
        yield of_complaint(row)


def of_complaint(row: DataComplaint) -> Line:
    return Line(
        kind="complaint",
        label=COMPLAINT,
        who=row.name,
        href=reverse("data_complaint", args=[row.pk]),
        since=row.asked_at,
        due_at=row.due_at,
        state=gettext("To answer") if row.state == ComplaintState.OPEN else row.get_outcome_display(),
        is_open=row.state == ComplaintState.OPEN,
        settled_at=row.settled_at,
        note=row.text,
    )
