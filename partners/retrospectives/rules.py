"""Who looks back: whoever leads a side of the role. What they write is for the two alone (`LookBackQuerySet`)."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.partnerships.models import PartnerSide
from partners.partnerships.rules import binds, sides_of
from partners.retrospectives.models import Retrospective

VIEW, WRITE, KEEP = "partners.view_retrospective", "partners.look_back", "partners.keep"


def side_of(user: User, retrospective: Retrospective) -> PartnerSide | None:
    """The side that this person leads; nobody leads both, for then there is no retrospective."""
    return next(iter(binds(user, retrospective.partnership.requisition)), None)


@rules.predicate
def leads_a_side(user: User, retrospective: Retrospective | None) -> bool:
    return retrospective is not None and side_of(user, retrospective) is not None


@rules.predicate
def is_partner(user: User, retrospective: Retrospective | None) -> bool:
    return retrospective is not None and bool(sides_of(user, retrospective.partnership.requisition))


rules.add_perm(VIEW, is_active)
rules.add_perm(WRITE, is_active & leads_a_side)
rules.add_perm(KEEP, is_active & is_partner)
