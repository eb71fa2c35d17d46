"""The states of an interview and of a question for a time, and the ways between them, as data."""

from ats.kernel.errors import WrongState
from candidates.interviews.models import BookingState, InterviewState

START = InterviewState.BOOKED

TRANSITIONS: dict[InterviewState, frozenset[InterviewState]] = {
    InterviewState.BOOKED: frozenset({InterviewState.HELD, InterviewState.CANCELLED, InterviewState.NO_SHOW}),
    # Its end passing makes it held; that nobody came is known only to those who were there.
    InterviewState.HELD: frozenset({InterviewState.NO_SHOW}),
    InterviewState.NO_SHOW: frozenset({InterviewState.HELD}),
    InterviewState.CANCELLED: frozenset(),
}

ENDED = frozenset(TRANSITIONS) - {InterviewState.BOOKED}

REQUEST_TRANSITIONS: dict[BookingState, frozenset[BookingState]] = {
    BookingState.OPEN: frozenset(
        {BookingState.GIVEN, BookingState.BOOKED, BookingState.EXPIRED, BookingState.CANCELLED}
    ),
    BookingState.GIVEN: frozenset({BookingState.BOOKED, BookingState.CANCELLED, BookingState.EXPIRED}),
    BookingState.BOOKED: frozenset(),
    BookingState.EXPIRED: frozenset(),
    BookingState.CANCELLED: frozenset(),
}
"""The ways of a question for a time; one that the candidate answered anew stays `given`."""

GONE: dict[InterviewState, str] = {
    InterviewState.HELD: "This interview has taken place.",
    InterviewState.CANCELLED: "This interview has been cancelled.",
    InterviewState.NO_SHOW: "This interview did not take place: nobody came.",
    InterviewState.BOOKED: "This interview is still ahead.",
}

OVER: dict[BookingState, str] = {
    BookingState.OPEN: "The candidate has not answered yet.",
    BookingState.GIVEN: "The candidate has already said when they can.",
    BookingState.BOOKED: "A time has been booked already.",
    BookingState.EXPIRED: "The time for choosing has run out.",
    BookingState.CANCELLED: "These times are no longer offered.",
}


def check(state: str, target: InterviewState) -> None:
    """Raise WrongState unless an interview in `state` may become `target`."""
    if target not in TRANSITIONS[InterviewState(state)]:
        raise WrongState(GONE[InterviewState(state)])


def check_ahead(state: str) -> None:
    if state != InterviewState.BOOKED:
        raise WrongState(GONE[InterviewState(state)])


def check_request(state: str, target: BookingState) -> None:
    """Raise WrongState unless a question for a time in `state` may become `target`."""
    if target not in REQUEST_TRANSITIONS[BookingState(state)]:
        raise WrongState(OVER[BookingState(state)])
