"""The states of a check-in and the ways between them, as data."""

from ats.kernel.errors import WrongState
from partners.checkins.models import CheckInState as State

START = State.PLANNED

TRANSITIONS: dict[State, frozenset[State]] = {
    # Planned again: moved to a later day after its agenda had been sent.
    State.PLANNED: frozenset({State.READY, State.HELD, State.CANCELLED}),
    State.READY: frozenset({State.HELD, State.SKIPPED, State.CANCELLED, State.PLANNED}),
    State.HELD: frozenset(),
    State.SKIPPED: frozenset(),
    State.CANCELLED: frozenset(),
}

AHEAD = frozenset({State.PLANNED, State.READY})


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            f"This check-in is {State(state).label.lower()}: it cannot be {target.label.lower()}."
        )


def check_ahead(state: str) -> None:
    if State(state) not in AHEAD:
        raise WrongState(f"This check-in is {State(state).label.lower()}; it is not moved any more.")
