"""Who stands on which side of a partnership, and what that allows."""

import rules
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.accounts.rules import is_active, is_admin, recruits
from ats.kernel.prepared import Prepared
from partners.partnerships.models import Partnership, PartnerSide
from requisitions.models import Requisition, TeamMember, TeamRole

SIDE_OF_ROLE = {
    TeamRole.RECRUITER: PartnerSide.RECRUITER,
    TeamRole.COORDINATOR: PartnerSide.RECRUITER,
    TeamRole.MANAGER: PartnerSide.MANAGER,
}


def _roles(user: User, requisition: Requisition) -> set[str]:
    """What the user is on the team; read once for each instance and user, or from what was prefetched."""
    known: dict[int, set[str]] = requisition.__dict__.setdefault("_partner_roles", {})
    if user.pk not in known:
        read = getattr(requisition, "_prefetched_objects_cache", {}).get("members")
        members = _memberships(requisition=requisition.pk, user=user.pk) if read is None else read
        known[user.pk] = {member.role for member in members if member.user_id == user.pk}
    return known[user.pk]


@Prepared
def _memberships(*, requisition: int, user: int) -> "QuerySet[TeamMember]":
    return TeamMember.objects.filter(requisition=requisition, user=user)


@Prepared
def _team(*, requisition: int) -> "QuerySet[TeamMember]":
    return TeamMember.objects.filter(requisition=requisition).select_related("user").order_by("pk")


def read_team(requisition: Requisition) -> None:
    """The whole team with its people, so that `requisition.members.all()` and `sides_of` ask nothing more."""
    vars(requisition).setdefault("_prefetched_objects_cache", {})["members"] = _team(
        requisition=requisition.pk
    )


def sides_of(user: User, requisition: Requisition) -> set[PartnerSide]:
    """The sides that this person works on, most often one; empty for an onlooker."""
    return {side for role, side in SIDE_OF_ROLE.items() if role in _roles(user, requisition)}


def binds(user: User, requisition: Requisition) -> set[PartnerSide]:
    """The sides in whose name this person may accept an agreement: those that they lead."""
    leads = {
        PartnerSide.RECRUITER: requisition.recruiter_id,
        PartnerSide.MANAGER: requisition.hiring_manager_id,
    }
    return {side for side, leader in leads.items() if leader == user.pk}


@rules.predicate
def is_partner(user: User, partnership: Partnership | None) -> bool:
    return partnership is not None and bool(sides_of(user, partnership.requisition))


@rules.predicate
def may_bind(user: User, partnership: Partnership | None) -> bool:
    return partnership is not None and bool(binds(user, partnership.requisition))


# Who may see a partnership is in `Partnership.objects.visible_to`: the partners, and overseers.
rules.add_perm("partners.view_partnership", is_active)
rules.add_perm("partners.agree", is_active & may_bind)
rules.add_perm("partners.take_part", is_active & is_partner)
SET_RULES = "partners.set_rules"
"""What agreements propose as a rule is part of looking after an organisation."""
rules.add_perm(SET_RULES, is_active & is_admin)
WRITE_WORD = "partners.write_word"
rules.add_perm(WRITE_WORD, recruits)
