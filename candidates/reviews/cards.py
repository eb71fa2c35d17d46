"""What is kept from reviewers who have yet to answer."""

from collections.abc import Collection, Iterable

from ats.accounts.models import User
from ats.kernel.rows import listed
from candidates.applications.models import Application
from candidates.applications.pages.cards import hides
from candidates.applications.queries.decided import Decided, decides
from candidates.reviews.models import Review, ReviewState, Verdict

WAITING = """
    SELECT application_id FROM candidates_review
    WHERE state = 'open' AND reviewer_id = %(viewer)s AND application_id = ANY(%(applications)s)
"""


@hides("review.answered")
def from_who_has_yet_to_answer(applications: Collection[int], viewer: User) -> Iterable[int]:
    """Their view is to be their own."""
    return [pk for (pk,) in listed(WAITING, {"applications": list(applications), "viewer": viewer.pk})]


@decides
def after_reading(application: Application, user: User) -> Decided | None:
    """The last answer of those who were asked for their view, where it is a no."""
    rows = Review.objects.visible_to(user).filter(application=application, state=ReviewState.ANSWERED)
    last = rows.select_related("reviewer").order_by("-settled_at", "-pk").first()
    if last is None or last.verdict != Verdict.NO or last.settled_at is None:
        return None
    missing = any(mark.get("met") == "no" for mark in last.criteria.values())
    return Decided(
        where="after reading the application",
        by=str(last.reviewer),
        at=last.settled_at,
        words=last.reason,
        reason="missing-must-have" if missing else "",
    )
