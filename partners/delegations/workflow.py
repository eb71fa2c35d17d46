"""The states of a delegation and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.delegations.models import DelegationState as State
from partners.partnerships.domain.wording import in_sentence

START = State.PLANNED

TRANSITIONS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.ACTIVE, State.OVER}),
    State.ACTIVE: frozenset({State.OVER}),
    State.OVER: frozenset(),
}


def check(state: str, target: State) -> None:
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(gettext("This is %(state)s already.") % {"state": in_sentence(State(state).label)})
