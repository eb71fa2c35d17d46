"""The states of a course correction and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.corrections.models import CorrectionState as State
from partners.partnerships.domain.wording import in_sentence

START = State.OPEN

TRANSITIONS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.LOOKED, State.STOPPED}),
    State.LOOKED: frozenset(),
    State.STOPPED: frozenset(),
}


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(
            gettext("This correction is over: %(state)s.") % {"state": in_sentence(State(state).label)}
        )
