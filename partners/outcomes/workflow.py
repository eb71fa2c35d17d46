"""The states of a review and the ways between them, as data."""

from ats.kernel.errors import WrongState
from partners.outcomes.models import ReviewState

START = ReviewState.PLANNED

TRANSITIONS: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.PLANNED: frozenset({ReviewState.OPEN, ReviewState.TAKEN_BACK}),
    ReviewState.OPEN: frozenset({ReviewState.DONE, ReviewState.TAKEN_BACK}),
    ReviewState.DONE: frozenset(),
    ReviewState.TAKEN_BACK: frozenset(),
}


def check(state: str, target: ReviewState) -> None:
    """Raise WrongState where a review in `state` cannot become `target`."""
    if target not in TRANSITIONS[ReviewState(state)]:
        raise WrongState(f"This review stands at: {ReviewState(state).label.lower()}.")
