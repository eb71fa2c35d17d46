"""The states of questions for a time and of times that are proposed, and the ways between them, as data."""

from django.utils.translation import gettext_lazy

from ats.kernel import staff_words
from ats.kernel.errors import WrongState
from ats.kernel.languages import Words
from candidates.scheduling.models import AvailabilityState, BookingState, ProposalState

START = BookingState.OPEN

TRANSITIONS: dict[BookingState, frozenset[BookingState]] = {
    BookingState.OPEN: frozenset(
        {BookingState.GIVEN, BookingState.BOOKED, BookingState.EXPIRED, BookingState.CANCELLED}
    ),
    BookingState.GIVEN: frozenset({BookingState.BOOKED, BookingState.CANCELLED, BookingState.EXPIRED}),
    BookingState.BOOKED: frozenset(),
    BookingState.EXPIRED: frozenset(),
    BookingState.CANCELLED: frozenset(),
}
"""The ways of a question for a time; one that the candidate answered anew stays `given`."""

OVER: dict[BookingState, Words] = {
    BookingState.OPEN: "The candidate has not answered yet.",
    BookingState.GIVEN: "The candidate has already said when they can.",
    BookingState.BOOKED: gettext_lazy("A time has been booked already."),
    BookingState.EXPIRED: gettext_lazy("The time for choosing has run out."),
    BookingState.CANCELLED: gettext_lazy("These times are no longer offered."),
}


def check(state: str, target: BookingState) -> None:
    """Raise WrongState unless a question for a time in `state` may become `target`."""
    if target not in TRANSITIONS[BookingState(state)]:
        raise WrongState(OVER[BookingState(state)])


AVAILABILITY: dict[AvailabilityState, frozenset[AvailabilityState]] = {
    AvailabilityState.OPEN: frozenset({AvailabilityState.GIVEN, AvailabilityState.CLOSED}),
    AvailabilityState.GIVEN: frozenset({AvailabilityState.GIVEN, AvailabilityState.CLOSED}),
    AvailabilityState.CLOSED: frozenset(),
}
"""The ways of a question to somebody who is to sit in an interview; they may give others until it is over."""


def check_availability(state: str, target: AvailabilityState) -> None:
    """Raise WrongState unless such a question in `state` may become `target`."""
    if target not in AVAILABILITY[AvailabilityState(state)]:
        raise WrongState(staff_words.gettext("This question is over."))


PROPOSALS: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.OPEN: frozenset({ProposalState.TAKEN, ProposalState.REFUSED, ProposalState.VOID}),
    ProposalState.TAKEN: frozenset(),
    ProposalState.REFUSED: frozenset(),
    ProposalState.VOID: frozenset(),
}

PROPOSAL_OVER: dict[ProposalState, str] = {
    ProposalState.TAKEN: "This time has been taken already.",
    ProposalState.REFUSED: "It was said already that the time stays.",
    ProposalState.VOID: "This proposal is overtaken: the interview has another time, or is over.",
}


def check_proposal(state: str, target: ProposalState) -> None:
    """Raise WrongState unless a proposal in `state` may become `target`."""
    if target not in PROPOSALS[ProposalState(state)]:
        raise WrongState(PROPOSAL_OVER[ProposalState(state)])
