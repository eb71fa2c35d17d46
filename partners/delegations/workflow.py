"""The states of a delegation and the ways between them, as data."""

from ats.kernel.errors import WrongState
from partners.delegations.models import DelegationState as State

START = State.PLANNED

TRANSITIONS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.ACTIVE, State.OVER}),
    State.ACTIVE: frozenset({State.OVER}),
    State.OVER: frozenset(),
}


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(f"This is {State(state).label.lower()} already.")
