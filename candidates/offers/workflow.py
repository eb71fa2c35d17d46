"""The states of an offer and the ways between them, as data."""

from ats.common.errors import WrongState
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
    if State(state) == State.SENT:
        raise WrongState(
            "This offer is with the candidate: withdraw it, and make another one from its terms."
        )
    if State(state) not in CHANGEABLE:
        raise WrongState(f"This offer {SAID[State(state)]}: its terms no longer change.")
