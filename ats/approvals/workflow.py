"""The states of a request and of each approval, and whose turn it is; all of it pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from ats.approvals.models import ApprovalRequestState as State
from ats.approvals.models import ApprovalState
from ats.kernel.errors import WrongState

START = State.WAITING

TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.APPROVED, State.REJECTED, State.CANCELLED}),
    State.APPROVED: frozenset(),
    State.REJECTED: frozenset(),
    State.CANCELLED: frozenset(),
}

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)
"""Nothing leads out of these."""

OF_ONE: dict[ApprovalState, frozenset[ApprovalState]] = {
    ApprovalState.LATER: frozenset({ApprovalState.OPEN, ApprovalState.CANCELLED}),
    ApprovalState.OPEN: frozenset(
        {
            ApprovalState.APPROVED,
            ApprovalState.REJECTED,
            ApprovalState.DELEGATED,
            ApprovalState.CANCELLED,
        }
    ),
    ApprovalState.APPROVED: frozenset(),
    ApprovalState.REJECTED: frozenset(),
    ApprovalState.DELEGATED: frozenset(),
    ApprovalState.CANCELLED: frozenset(),
}
"""The ways of one person's approval."""

REFUSALS: dict[str, str] = {
    ApprovalState.LATER: "It is not your turn yet: others are asked before you.",
    ApprovalState.APPROVED: "You have approved this already.",
    ApprovalState.REJECTED: "You have sent this back already.",
    ApprovalState.DELEGATED: "You have passed this on: it is not yours to answer any more.",
    ApprovalState.CANCELLED: "Your answer is not needed any more.",
}
"""What somebody is told whose approval cannot be answered now."""


class Asked(Protocol):
    position: int
    label: str
    state: str


@dataclass(frozen=True)
class Standing:
    """Where a request stands: its state and, while it waits, the position whose turn it is."""

    state: State
    turn: int | None = None


def standing(approvals: Iterable[Asked]) -> Standing:
    """What the answers so far amount to.

    A no of anybody sends it back. In a position each label needs one yes, and only then it is the turn of
    the next position; with the last, all is approved, as it is where nobody has to be asked.
    """
    rows = sorted(approvals, key=lambda row: row.position)
    if any(row.state == ApprovalState.REJECTED for row in rows):
        return Standing(State.REJECTED)
    for position, group in groupby(rows, key=lambda row: row.position):
        together = list(group)
        agreed = {row.label for row in together if row.state == ApprovalState.APPROVED}
        if {row.label for row in together} - agreed:
            return Standing(State.WAITING, position)
    return Standing(State.APPROVED)


def check_open(state: str) -> None:
    """Raise WrongState unless an approval in this state waits for its answer."""
    if state != ApprovalState.OPEN:
        raise WrongState(REFUSALS[state])
