"""Who takes part in a check-in: the partners. Overseers read along."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.checkins.models import CheckIn, CheckInAction
from partners.partnerships.rules import sides_of


@rules.predicate
def is_partner(user: User, row: CheckIn | CheckInAction | None) -> bool:
    if row is None:
        return False
    check_in = row.check_in if isinstance(row, CheckInAction) else row
    return bool(sides_of(user, check_in.partnership.requisition))


rules.add_perm("partners.view_check_in", is_active)
rules.add_perm("partners.hold_check_in", is_active & is_partner)
