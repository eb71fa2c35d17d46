"""Who lets something pass."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.commitments.models import Commitment
from partners.partnerships.rules import sides_of

EXCUSE = "partners.excuse"


@rules.predicate
def is_on_the_other_side(user: User, commitment: Commitment | None) -> bool:
    """Of the two sides this person works on the other one alone."""
    if commitment is None:
        return False
    sides = sides_of(user, commitment.partnership.requisition)
    return bool(sides) and commitment.side not in sides


rules.add_perm(EXCUSE, is_active & is_on_the_other_side)
