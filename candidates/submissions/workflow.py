"""The states of a submission and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext_lazy
from candidates.submissions.models import SubmissionState as State

START = State.WAITING

TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ASKED, State.NO, State.FORWARD}),
    State.ASKED: frozenset({State.ASKED, State.NO, State.FORWARD}),
    # They may think better of it, and we may note that they did.
    State.NO: frozenset({State.FORWARD}),
    State.FORWARD: frozenset({State.BACK}),
    State.BACK: frozenset(),
}

SAID = gettext_lazy("This has been answered already.")


def check(state: str, target: State) -> None:
    """Raise WrongState unless a submission in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(SAID)
