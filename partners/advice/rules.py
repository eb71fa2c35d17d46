"""Who does something about advice, and who reads whose load it is about."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.advice.models import Advice
from partners.partnerships.rules import sides_of


@rules.predicate
def is_partner(user: User, advice: Advice | None) -> bool:
    return advice is not None and bool(sides_of(user, advice.partnership.requisition))


def reads_name(user: User, advice: Advice) -> bool:
    """Who recruits plans interviews and sees whose load it is; so does whoever it is about, and nobody else."""
    return advice.person_id is not None and (user.recruits or user.pk == advice.person_id)


SETTLE = "partners.settle_advice"
rules.add_perm(SETTLE, is_active & is_partner)
