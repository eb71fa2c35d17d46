"""Who may do what with a requisition.

Recruiters run it, its manager says what the role needs, coordinators see it and work beside them. Who leads it,
who is on its team, who may see it and what it pays is said by those who lead it alone.
"""

from typing import Any

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, opens_roles
from ats.kernel.errors import Missing, NotAllowed
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles.models import Requisition, TeamRole


def team_roles(user: User, requisition: Requisition) -> frozenset[str]:
    """What `user` is on this requisition's team; read once for each instance and user."""
    known: dict[int, frozenset[str]] = requisition.__dict__.setdefault("_team_roles", {})
    if user.pk not in known:
        mine = requisition.members.filter(user=user).values_list("role", flat=True)
        known[user.pk] = frozenset(mine)
    return known[user.pk]


DO_THAT = gettext_lazy("Ask %(recruiter)s to do that.")


@rules.predicate
def sees(user: User, requisition: Requisition | None) -> bool:
    if requisition is None:
        return True
    if not user.may_work_for(requisition.organisation_id):
        return False
    if user.oversees:
        return True
    if user.recruits and not requisition.confidential:
        return True
    return bool(team_roles(user, requisition))


@rules.predicate
def manages(user: User, requisition: Requisition | None) -> bool:
    if requisition is None or not user.may_work_for(requisition.organisation_id):
        return False
    return TeamRole.MANAGER in team_roles(user, requisition)


@rules.predicate
def is_led_by(user: User, requisition: Requisition | None) -> bool:
    """Its recruiter, its hiring manager, or who oversees."""
    if requisition is None:
        return True
    if not user.may_work_for(requisition.organisation_id):
        return False
    return user.oversees or user.pk in {requisition.recruiter_id, requisition.hiring_manager_id}


runs = opens_roles & sees


def check_may(by: User, permission: str, row: Any, *, of: Requisition, ask: Words) -> None:
    """Refuse who may only see what belongs to this role: the recruiting team reads whom to ask."""
    if by.has_perm(permission, row):
        return
    if by.recruits:
        raise NotAllowed(str(ask) % {"recruiter": of.recruiter})
    raise Missing(gettext("Nothing of the requisition %(pk)s is theirs to change.") % {"pk": of.pk})


rules.add_perm("requisitions.add_requisition", opens_roles)
rules.add_perm("requisitions.view_requisition", is_active & sees)
# What its manager may change is the brief of the role alone: see BRIEF in domain/facts.py.
rules.add_perm("requisitions.change_requisition", runs | (is_active & manages))
rules.add_perm("requisitions.open_requisition", runs)
# Its leaders, its team, its pay, and whether it is confidential: see LED in domain/facts.py.
rules.add_perm("requisitions.change_team", runs & is_led_by)
