"""The states of a review and the ways between them, as data."""

from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.outcomes.models import ReviewState
from partners.partnerships.domain.wording import in_sentence

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
        raise WrongState(
            gettext("This review stands at: %(state)s.") % {"state": in_sentence(ReviewState(state).label)}
        )
