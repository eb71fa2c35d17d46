"""The states of a check-in and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.checkins.models import CheckInState as State
from partners.partnerships.domain.wording import in_sentence

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
            gettext("This check-in is %(state)s: it cannot be %(target)s.")
            % {"state": in_sentence(State(state).label), "target": in_sentence(target.label)}
        )


def check_ahead(state: str) -> None:
    if State(state) not in AHEAD:
        raise WrongState(
            gettext("This check-in is %(state)s; it is not moved any more.")
            % {"state": in_sentence(State(state).label)}
        )
