"""What partners may do about a piece of advice, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.advice.models import AdviceState as State
from partners.partnerships.domain.wording import in_sentence

START = State.STANDING

TRANSITIONS: dict[State, frozenset[State]] = {
    State.STANDING: frozenset({State.PUT_OFF, State.TAKEN_UP, State.ANSWERED}),
    # Its day comes, or somebody looks at it before.
    State.PUT_OFF: frozenset({State.STANDING, State.TAKEN_UP, State.ANSWERED}),
    State.TAKEN_UP: frozenset({State.ANSWERED}),
    State.ANSWERED: frozenset({State.TAKEN_UP}),
}


def check(state: str, target: State) -> None:
    """Raise WrongState where advice in `state` does not become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(gettext("This is %(state)s already.") % {"state": in_sentence(State(state).label)})
