"""Fetching what an action changes, under its lock: the outcome comes before its reviews, for everybody."""

from datetime import datetime

from django.utils.translation import gettext

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Missing
from partners.outcomes.models import HireOutcome, OutcomeReview
from partners.outcomes.queries.links import by_token

WHOLE = (
    "hire__application__candidate",
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)
OF_REVIEW = tuple(f"outcome__{name}" for name in WHOLE)


def held(hire_id: int) -> HireOutcome | None:
    """The outcome of this hire, locked; None where its role has no partnership."""
    pk = HireOutcome.objects.filter(hire=hire_id).values_list("pk", flat=True).first()
    if pk is None:
        return None
    lock(HireOutcome, pk)
    return HireOutcome.objects.select_related(*WHOLE).get(pk=pk)


def outcome(outcome_id: int, by: User, permission: str) -> HireOutcome:
    rows = HireOutcome.objects.select_related(*WHOLE)
    return get_for(rows, outcome_id, user=by, permission=permission, for_update=True)


def review(review_id: int, by: User, permission: str) -> OutcomeReview:
    place = OutcomeReview.objects.filter(pk=review_id).values_list("outcome", flat=True).first()
    lock(HireOutcome, place or 0)
    rows = OutcomeReview.objects.select_related(*OF_REVIEW)
    return get_for(rows, review_id, user=by, permission=permission, for_update=True)


def of_link(token: str, now: datetime) -> HireOutcome:
    """The outcome whose new hire holds this link, locked."""
    link = by_token(token, now)
    if link is None:
        raise Missing(gettext("This link does nothing any more."))
    lock(HireOutcome, link.outcome_id)
    return HireOutcome.objects.select_related(*WHOLE).get(pk=link.outcome_id)
