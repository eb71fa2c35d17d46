"""The states of an application and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.models import ApplicationState as State

START = State.ACTIVE

TRANSITIONS: dict[State, frozenset[State]] = {
    State.ACTIVE: frozenset({State.HIRED, State.REJECTED, State.WITHDRAWN}),
    State.HIRED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Decisions: each is made once."""

UNDO: dict[State, State] = {
    State.HIRED: State.ACTIVE,
    State.REJECTED: State.ACTIVE,
    State.WITHDRAWN: State.ACTIVE,
}
"""The ways back: see `undo_decision` for how long each is open."""

CORRECTABLE = frozenset({State.REJECTED})
"""May be taken back even after the candidate was told: a no can become a maybe, a yes must not become a no."""

NOT_COMING: dict[State, State] = {State.HIRED: State.WITHDRAWN}
"""Who said yes, knew it, and does not come after all: see `did_not_come`."""

ENDED = frozenset(state for state, ways in TRANSITIONS.items() if not ways)


def check(state: str, target: State) -> None:
    """Raise WrongState unless an application in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            gettext("This application is %(state)s already.") % {"state": State(state).label.lower()}
        )


def check_active(state: str) -> None:
    if state != State.ACTIVE:
        raise WrongState(
            gettext("This application is %(state)s: it no longer moves.")
            % {"state": State(state).label.lower()}
        )
