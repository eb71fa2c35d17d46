"""Who may do what with a requisition: the recruiting team runs it, its manager says what the role needs."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from requisitions.roles.models import Requisition, TeamRole


def team_roles(user: User, requisition: Requisition) -> frozenset[str]:
    """What `user` is on this requisition's team; read once for each instance and user."""
    known: dict[int, frozenset[str]] = requisition.__dict__.setdefault("_team_roles", {})
    if user.pk not in known:
        mine = requisition.members.filter(user=user).values_list("role", flat=True)
        known[user.pk] = frozenset(mine)
    return known[user.pk]


@rules.predicate
def sees(user: User, requisition: Requisition | None) -> bool:
    if requisition is None or user.oversees:
        return True
    if user.recruits and not requisition.confidential:
        return True
    return bool(team_roles(user, requisition))


@rules.predicate
def manages(user: User, requisition: Requisition | None) -> bool:
    return requisition is not None and TeamRole.MANAGER in team_roles(user, requisition)


runs = recruits & sees

rules.add_perm("requisitions.add_requisition", recruits)
rules.add_perm("requisitions.view_requisition", is_active & sees)
# What its manager may change is the brief of the role alone: see BRIEF in domain/facts.py.
rules.add_perm("requisitions.change_requisition", runs | (is_active & manages))
rules.add_perm("requisitions.open_requisition", runs)
rules.add_perm("requisitions.change_team", runs)
