"""The states of a contradiction and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.alignment.models import ContradictionState
from partners.partnerships.domain.wording import in_sentence

START = ContradictionState.OPEN

TRANSITIONS: dict[ContradictionState, frozenset[ContradictionState]] = {
    # What is found again later is another row: what was decided stays as it was decided.
    ContradictionState.OPEN: frozenset(set(ContradictionState) - {ContradictionState.OPEN}),
    ContradictionState.RESOLVED: frozenset(),
    ContradictionState.ACCEPTED: frozenset(),
    ContradictionState.GONE: frozenset(),
}


def check(state: str, target: ContradictionState) -> None:
    """Raise WrongState where a contradiction in `state` is decided already."""
    if target not in TRANSITIONS[ContradictionState(state)]:
        raise WrongState(
            gettext("This is %(state)s already.") % {"state": in_sentence(ContradictionState(state).label)}
        )
