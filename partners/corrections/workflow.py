"""The states of a course correction and the ways between them, as data."""

from ats.kernel.errors import WrongState
from partners.corrections.models import CorrectionState as State

START = State.OPEN

TRANSITIONS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.LOOKED, State.STOPPED}),
    State.LOOKED: frozenset(),
    State.STOPPED: frozenset(),
}


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState("This correction is over: " + State(state).label.lower() + ".")
