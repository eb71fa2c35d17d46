"""Who the path is for: everybody sees it on their roles; that they read it is for the manager's side to say."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.partnerships.models import Partnership, PartnerSide
from partners.partnerships.rules import sides_of

VIEW, READ = "partners.view_path", "partners.read_path"


@rules.predicate
def is_on_the_managers_side(user: User, partnership: Partnership | None) -> bool:
    return partnership is not None and PartnerSide.MANAGER in sides_of(user, partnership.requisition)


# On which roles is in `Partnership.objects.visible_to`: the partners, and overseers.
rules.add_perm(VIEW, is_active)
rules.add_perm(READ, is_active & is_on_the_managers_side)
