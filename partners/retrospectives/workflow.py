"""The states of a retrospective and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext_lazy
from partners.retrospectives.models import RetrospectiveState as State

START = State.OPEN

TRANSITIONS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DONE, State.SET_ASIDE}),
    # The role is looked for again; at its next end both are asked again.
    State.SET_ASIDE: frozenset({State.OPEN}),
    State.DONE: frozenset(),
}

SAID = {
    State.DONE: gettext_lazy("Both have written, and each has read the other. It stays as it is."),
    State.SET_ASIDE: gettext_lazy("The role is looked for again. At its end you look back."),
}


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(SAID.get(State(state), gettext_lazy("This retrospective is open already.")))


def check_open(state: str) -> None:
    if State(state) != State.OPEN:
        raise WrongState(SAID[State(state)])
