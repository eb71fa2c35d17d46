"""Who answers, who may remind, and who says which approvals are needed."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, is_admin, oversees
from ats.approvals.models import Approval


@rules.predicate
def is_approver(user: User, approval: Approval | None) -> bool:
    return approval is not None and approval.approver_id == user.pk


@rules.predicate
def asked_for_it(user: User, approval: Approval | None) -> bool:
    return approval is not None and approval.request.requested_by_id == user.pk


# Which requests and approvals that is about is in their `visible_to`.
rules.add_perm("ats.view_approval", is_active)
rules.add_perm("ats.answer_approval", is_active & is_approver)
rules.add_perm("ats.remind_approval", is_active & (asked_for_it | oversees))
rules.add_perm("ats.manage_approvals", is_admin)
