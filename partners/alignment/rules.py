"""Who names the signing functions, who signs, and who decides between two that want other things."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, is_admin, oversees
from partners.alignment.models import Contradiction, Signature
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of
from requisitions.models import Requisition


@rules.predicate
def is_asked(user: User, signature: Signature | None) -> bool:
    return signature is not None and signature.person_id == user.pk


def leads_a_side(user: User, requisition: Requisition) -> bool:
    """Whether they are one of the two partners."""
    return user.pk in {requisition.recruiter_id, requisition.hiring_manager_id}


@rules.predicate
def stands_above(user: User, contradiction: Contradiction | None) -> bool:
    """Who is named to decide, and who oversees; never one of the two partners, whatever their role."""
    if contradiction is None or leads_a_side(user, contradiction.partnership.requisition):
        return False
    return contradiction.decider_id == user.pk or user.oversees


@rules.predicate
def is_partner(user: User, partnership: Partnership | None) -> bool:
    return partnership is not None and bool(sides_of(user, partnership.requisition))


# Who may see what is signed is in `aligned_by`: the partners, who signs, who decides, and overseers.
VIEW, SIGN, DECIDE = "partners.view_alignment", "partners.sign_brief", "partners.decide_contradiction"
SERVE, NAME, OVERVIEW = "partners.serve_outcome", "partners.name_signers", "partners.view_alignments"
rules.add_perm(VIEW, is_active)
rules.add_perm(SIGN, is_active & is_asked)
rules.add_perm(DECIDE, is_active & stands_above)
rules.add_perm(SERVE, is_active & is_partner)
rules.add_perm(NAME, is_active & is_admin)
rules.add_perm(OVERVIEW, oversees)
