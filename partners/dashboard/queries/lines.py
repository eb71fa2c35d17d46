"""The occasions of a partnership as its page says them: one line for each, with its names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.when import day
from candidates.models import Application
from partners.checkins.pages.cards import in_working_time, listed
from partners.checkins.queries import owing
from partners.commitments.domain.kinds import KINDS
from partners.commitments.models import OWED, Commitment, CommitmentState
from partners.partnerships.models import Partnership
from requisitions.models import RequisitionState

ICONS = {
    CommitmentState.DUE: "clock",
    CommitmentState.KEPT: "kept",
    CommitmentState.LATE: "late",
    CommitmentState.MISSED: "missed",
    CommitmentState.WAITING: "waiting",
    CommitmentState.RELEASED: "minus",
}


@dataclass(frozen=True)
class Line:
    """One occasion, said: what, about whom, and how it stands."""

    commitment: Commitment
    text: str
    state: str
    icon: str
    href: str
    """Where it can be done; empty once it is not owed any more."""


class Lines:
    """Says commitments; two queries for all of them, whatever there are."""

    def __init__(
        self, partnership: Partnership, user: User, commitments: Sequence[Commitment], *, now: datetime
    ) -> None:
        self.partnership, self.now = partnership, now
        self.calendar = partnership.requisition.organisation.calendar
        wanted = {number for row in commitments for number in row.applications}
        rows = Application.objects.visible_to(user).filter(pk__in=wanted).select_related("candidate")
        self.names = {row.pk: row.candidate.name for row in rows}
        self.asked = _asked(commitments)

    def of(self, commitments: Sequence[Commitment]) -> list[Line]:
        """A line for each occasion; interviewers of one interview who stand alike are one."""
        alike: dict[Any, list[Commitment]] = defaultdict(list)
        for row in commitments:
            interview = self.asked.get(row.pk, {}).get("interview_id")
            alike[(interview, row.state, row.due_at, row.over_at) if interview else row.pk].append(row)
        return [self._line(rows) for rows in alike.values()]

    def _line(self, rows: list[Commitment]) -> Line:
        row = rows[0]
        state = self._state(row)
        return Line(
            commitment=row,
            text=self._text(rows),
            state=state[0].upper() + state[1:],
            icon=ICONS[CommitmentState(row.state)],
            href=owing.place(row.kind, row.applications, self.partnership) if _is_owed(row) else "",
        )

    def _text(self, rows: list[Commitment]) -> str:
        row, asked = rows[0], self.asked.get(rows[0].pk)
        people = [self.names[number] for number in row.applications if number in self.names]
        whom = listed(people, len(row.applications)) if people else ""
        if asked:
            writers = [self.asked[each.pk]["interviewer"] for each in rows if each.pk in self.asked]
            said = f"Evidence from {asked['interview']}" + (f" with {whom}" if whom else "")
            return f"{said}: {listed(writers, len(writers))}"
        if row.kind == "slate_reviewed" and whom:
            return f"Give a view on {whom}"
        return f"{KINDS[row.kind].owed}: {whom}" if whom else KINDS[row.kind].owed

    def _state(self, row: Commitment) -> str:
        state = CommitmentState(row.state)
        due = day(row.due_at, now=self.now)
        if state == CommitmentState.WAITING:
            held = self.partnership.requisition.state == RequisitionState.ON_HOLD
            return "waiting while the role is on hold" if held else f"waiting {KINDS[row.kind].waits}".strip()
        if state == CommitmentState.LATE:
            return f"late by {in_working_time(self.calendar, row.hours_late)}, {self._settled(row)}"
        if state == CommitmentState.MISSED:
            past = f", past since {day(row.over_at, now=self.now)}" if row.over_at else ""
            return f"missed, was due {due}{past}"
        if state == CommitmentState.DUE:
            return f"due {due}" if row.due_at >= self.now else f"was due {due}, still counts as kept"
        if state == CommitmentState.KEPT and row.settled_at and row.settled_at > row.due_at:
            return f"kept within the grace, {self._settled(row)}"
        return f"{state.label.lower()}, {self._settled(row)}"

    def _settled(self, row: Commitment) -> str:
        return day(row.settled_at, now=self.now) if row.settled_at else ""


def _is_owed(row: Commitment) -> bool:
    return row.state in OWED and row.over_at is None


def _asked(commitments: Sequence[Commitment]) -> dict[int, dict[str, Any]]:
    """Of which interview and of whom evidence is asked, as the record keeps it; by commitment."""
    wanted = {int(row.key.rpartition(":")[2]): row.pk for row in commitments if row.kind == "evidence"}
    rows = Activity.objects.filter(pk__in=wanted).values_list("pk", "data")
    return {wanted[number]: data for number, data in rows}
