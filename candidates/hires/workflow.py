"""The states of a hire on its way to the first day, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.hires.models import HireState as State

START = State.EXPECTED

TRANSITIONS: dict[State, frozenset[State]] = {
    State.EXPECTED: frozenset({State.STARTED, State.RENEGED, State.UNDONE}),
    State.STARTED: frozenset({State.RENEGED, State.UNDONE}),
    State.RENEGED: frozenset(),
    State.UNDONE: frozenset(),
}
"""Started is what the calendar says, also on the day of the hire itself: what came of it is noted afterwards too."""

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)


def check(state: str, target: State) -> None:
    """Raise WrongState unless a hire in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            gettext("This hire is noted as %(state)s already.") % {"state": State(state).label.lower()}
        )
