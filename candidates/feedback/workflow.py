"""The states of feedback and of what is asked for it, and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext_lazy
from candidates.feedback.models import FeedbackState as State
from candidates.feedback.models import RequestState

START = State.WAITING

TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.SENT, State.CANCELLED}),
    State.SENT: frozenset({State.PAST}),
    State.CANCELLED: frozenset(),
    State.PAST: frozenset(),
}

REQUESTS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset({RequestState.GIVEN, RequestState.DECLINED, RequestState.VOID}),
    RequestState.GIVEN: frozenset({RequestState.VOID}),
    RequestState.DECLINED: frozenset({RequestState.GIVEN, RequestState.VOID}),
    # Decided about once more, they may ask once more.
    RequestState.VOID: frozenset({RequestState.OPEN}),
}

LEFT = gettext_lazy("This feedback has left already, or was taken back.")
SETTLED = gettext_lazy("Somebody has answered this already.")


def check(state: str, target: State) -> None:
    """Raise WrongState unless feedback in `state` may become `target`."""
    if target not in TRANSITIONS[State(state)]:
        raise WrongState(LEFT)


def check_request(state: str, target: RequestState) -> None:
    """Raise WrongState unless a request in `state` may become `target`."""
    if target not in REQUESTS[RequestState(state)]:
        raise WrongState(SETTLED)
