"""The states of an interview and the ways between them, as data."""

from django.utils.translation import gettext_lazy

from ats.kernel.errors import WrongState
from ats.kernel.languages import Words
from candidates.interviews.models import InterviewState

START = InterviewState.BOOKED

TRANSITIONS: dict[InterviewState, frozenset[InterviewState]] = {
    InterviewState.BOOKED: frozenset({InterviewState.HELD, InterviewState.CANCELLED, InterviewState.NO_SHOW}),
    # Its end passing makes it held; that nobody came is known only to those who were there.
    InterviewState.HELD: frozenset({InterviewState.NO_SHOW}),
    InterviewState.NO_SHOW: frozenset({InterviewState.HELD}),
    InterviewState.CANCELLED: frozenset(),
}

ENDED = frozenset(TRANSITIONS) - {InterviewState.BOOKED}

GONE: dict[InterviewState, Words] = {
    InterviewState.HELD: gettext_lazy("This interview has taken place."),
    InterviewState.CANCELLED: gettext_lazy("This interview has been cancelled."),
    InterviewState.NO_SHOW: gettext_lazy("This interview did not take place: nobody came."),
    InterviewState.BOOKED: "This interview is still ahead.",
}


def check(state: str, target: InterviewState) -> None:
    """Raise WrongState unless an interview in `state` may become `target`."""
    if target not in TRANSITIONS[InterviewState(state)]:
        raise WrongState(GONE[InterviewState(state)])


def check_ahead(state: str) -> None:
    if state != InterviewState.BOOKED:
        raise WrongState(GONE[InterviewState(state)])
