"""Who puts candidates before a manager, and who answers."""

import rules
from django.utils import timezone

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from candidates.reviews.models import Review
from requisitions.models import TeamMember


@rules.predicate
def is_reviewer(user: User, review: Review | None) -> bool:
    """Who was asked, or who stands in for them on this role while they are away."""
    if review is None or review.reviewer_id == user.pk:
        return review is not None
    return user.stands_in(timezone.now()) and _of_a_team(user, review)


def _of_a_team(user: User, review: Review) -> bool:
    requisition = review.application.requisition_id
    rows = TeamMember.objects.filter(requisition=requisition, user=user, stands_in_for=review.reviewer_id)
    return rows.exists()


# Which applications and reviews that is about is in their `visible_to`.
rules.add_perm("candidates.view_review", is_active)
rules.add_perm("candidates.ask_review", recruits)
rules.add_perm("candidates.answer_review", is_active & is_reviewer)
