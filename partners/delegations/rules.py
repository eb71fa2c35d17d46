"""Who ends a delegation: the two, and who oversees."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, oversees
from partners.delegations.models import Delegation


@rules.predicate
def is_one_of_them(user: User, delegation: Delegation | None) -> bool:
    return delegation is not None and user.pk in {delegation.owner_id, delegation.delegate_id}


rules.add_perm("partners.view_delegation", is_active)
rules.add_perm("partners.end_delegation", is_active & (is_one_of_them | oversees))
