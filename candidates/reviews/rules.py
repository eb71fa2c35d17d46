"""Who puts candidates before a manager, and who answers."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from candidates.reviews.models import Review


@rules.predicate
def is_reviewer(user: User, review: Review | None) -> bool:
    return review is not None and review.reviewer_id == user.pk


# Which applications and reviews that is about is in their `visible_to`.
rules.add_perm("candidates.view_review", is_active)
rules.add_perm("candidates.ask_review", recruits)
rules.add_perm("candidates.answer_review", is_active & is_reviewer)
