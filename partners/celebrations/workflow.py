"""The states of a celebration and the ways between them, as data."""

from partners.celebrations.models import CelebrationState as State

START = State.WAITING

TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.TOLD, State.TAKEN_BACK}),
    State.TOLD: frozenset({State.TAKEN_BACK}),
    # What comes true after all is told, unless it had been told before: then it only stands again.
    State.TAKEN_BACK: frozenset({State.WAITING, State.TOLD}),
}
