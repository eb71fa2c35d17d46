"""Who agrees outcomes and writes reviews, and who sees how well hires turned out."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from partners.outcomes.models import HireOutcome, OutcomeReview
from partners.partnerships.models import PartnerSide
from partners.partnerships.rules import sides_of


@rules.predicate
def is_managers_side(user: User, outcome: HireOutcome | None) -> bool:
    if outcome is None:
        return False
    role = outcome.partnership.requisition
    return role.hiring_manager_id == user.pk or PartnerSide.MANAGER in sides_of(user, role)


@rules.predicate
def reviews(user: User, review: OutcomeReview | None) -> bool:
    return review is not None and is_managers_side(user, review.outcome)


# Which of them somebody may see is in `visible_to`; whose answers they read in `domain/sight.py`.
VIEW, AGREE, REVIEW = "partners.view_outcomes", "partners.agree_outcomes", "partners.review_outcomes"
QUALITY = "partners.view_quality_of_hire"
rules.add_perm(VIEW, is_active)
rules.add_perm(AGREE, is_active & is_managers_side)
rules.add_perm(REVIEW, is_active & reviews)
rules.add_perm(QUALITY, recruits)
