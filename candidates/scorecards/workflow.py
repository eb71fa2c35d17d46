"""The states of a scorecard and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy
from candidates.scorecards.models import ScorecardState as State

START = State.DRAFT

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.CANCELLED, State.NEVER}),
    # What is in stays in: a correction is a further version of it.
    State.SUBMITTED: frozenset(),
    # The interview, or the application, is on again.
    State.CANCELLED: frozenset({State.DRAFT}),
    # Who owed it left, and has come back.
    State.NEVER: frozenset({State.DRAFT}),
}

ENDED = frozenset({State.SUBMITTED})

REFUSED: dict[State, Words] = {
    State.DRAFT: gettext_lazy("This has not been handed in yet."),
    State.SUBMITTED: gettext_lazy("This has been handed in already; what changed is a correction."),
    State.CANCELLED: gettext_lazy("This is not needed any more."),
    State.NEVER: gettext_lazy("This was never given."),
}


def check(state: str, target: State) -> None:
    """Raise WrongState unless a scorecard in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(REFUSED[State(state)])


def check_is(state: str, wanted: State) -> None:
    if state != wanted:
        raise WrongState(REFUSED[State(state)])
