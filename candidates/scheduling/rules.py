"""Who says when they can: whoever was asked, and nobody for them."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from candidates.scheduling.models import AvailabilityRequest


@rules.predicate
def is_asked(user: User, request: AvailabilityRequest | None) -> bool:
    return request is None or request.interviewer_id == user.pk


rules.add_perm("candidates.give_availability", is_active & is_asked)
