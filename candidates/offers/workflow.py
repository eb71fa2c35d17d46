"""The states of an offer and the ways between them, as data."""

from ats.kernel.errors import WrongState
from candidates.offers.models import NextState
from candidates.offers.models import OfferState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPROVAL, State.WITHDRAWN}),
    State.APPROVAL: frozenset({State.DRAFT, State.APPROVED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.DRAFT, State.SENT, State.WITHDRAWN}),
    State.SENT: frozenset({State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.RENEGED}),
    State.DECLINED: frozenset(),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.RENEGED: frozenset(),
}
"""A change of terms leads back to the draft: what was approved is what is sent, and nothing else."""

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)

SAID: dict[State, str] = {
    State.DRAFT: "is a draft",
    State.APPROVAL: "waits for approval",
    State.APPROVED: "is approved and not sent yet",
    State.SENT: "is with the candidate",
    State.ACCEPTED: "has been accepted",
    State.DECLINED: "was declined",
    State.EXPIRED: "has run out",
    State.WITHDRAWN: "was withdrawn",
    State.RENEGED: "was accepted, and they did not come",
}


def check(state: str, target: State) -> None:
    """Raise WrongState unless an offer in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(f"This offer {SAID[State(state)]}.")


CHANGEABLE = frozenset({State.DRAFT, State.APPROVAL, State.APPROVED})


def check_changeable(state: str) -> None:
    """Raise WrongState where the terms no longer change: what the candidate has read stays what it was."""
    if State(state) not in CHANGEABLE:
        raise WrongState(f"This offer {SAID[State(state)]}: its terms no longer change.")


# --- The next version of one that is with the candidate

NEXT: dict[NextState, frozenset[NextState]] = {
    NextState.NONE: frozenset({NextState.DRAFT}),
    NextState.DRAFT: frozenset({NextState.APPROVAL, NextState.NONE}),
    NextState.APPROVAL: frozenset({NextState.DRAFT, NextState.APPROVED, NextState.NONE}),
    NextState.APPROVED: frozenset({NextState.DRAFT, NextState.NONE}),
}
"""It ends as none: sent, once it is approved, it is the version that holds; dropped, it never was."""

NEXT_SAID: dict[NextState, str] = {
    NextState.NONE: "has not been begun",
    NextState.DRAFT: "is a draft",
    NextState.APPROVAL: "waits for approval",
    NextState.APPROVED: "is approved already",
}


def check_next(state: str, target: NextState) -> None:
    """Raise WrongState unless a next version in `state` may become `target`."""
    if target not in NEXT[NextState(state)]:
        raise WrongState(f"The next version of this offer {NEXT_SAID[NextState(state)]}.")


def check_next_may_leave(state: str) -> None:
    """Raise WrongState unless the next version may be sent: what was approved, and nothing else."""
    if NextState(state) != NextState.APPROVED:
        raise WrongState(f"The next version of this offer {NEXT_SAID[NextState(state)]}.")
