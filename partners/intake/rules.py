"""Who may do what with the brief of a partnership: its partners write it, and who leads a side settles it."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.partnerships.models import Partnership
from partners.partnerships.rules import is_partner, may_bind


@rules.predicate
def says_what_it_needs(user: User, partnership: Partnership | None) -> bool:
    """Whether they may change the brief of the role: its manager, and recruiters; coordinators read along."""
    return partnership is not None and user.has_perm(
        "requisitions.change_requisition", partnership.requisition
    )


VIEW, FILL, SETTLE = "partners.view_brief", "partners.fill_brief", "partners.settle_brief"
# Who may see a brief is in `Partnership.objects.visible_to`: the partners, and overseers.
rules.add_perm(VIEW, is_active)
rules.add_perm(FILL, is_active & is_partner & says_what_it_needs)
rules.add_perm(SETTLE, is_active & may_bind)
