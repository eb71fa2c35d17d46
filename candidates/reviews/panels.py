"""What is kept from reviewers who have yet to answer."""

from collections.abc import Collection, Iterable

from ats.accounts.models import User
from candidates.applications.panels import hides
from candidates.reviews.models import Review


@hides("review.answered")
def from_who_has_yet_to_answer(applications: Collection[int], viewer: User) -> Iterable[int]:
    """Their view is to be their own."""
    waiting = Review.objects.open().filter(application__in=applications, reviewer=viewer)
    return waiting.values_list("application", flat=True)
