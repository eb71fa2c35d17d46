"""Who cannot go on with their roles hands them on."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ats.accounts.models import User
from requisitions.roles import workflow
from requisitions.roles.actions.change import change_requisition
from requisitions.roles.actions.join import MEMBERS, add_member, remove_member
from requisitions.roles.domain.facts import Facts
from requisitions.roles.models import Requisition, TeamRole


@transaction.atomic
def hand_on(
    *,
    user_id: int,
    recruiter: User | None,
    manager: User | None,
    by: User,
    now: datetime,
    former: str = "",
) -> list[Requisition]:
    """Somebody is gone, or has another role in the house: what they cannot go on with goes to those who follow.

    Who is gone is on no team of a role that goes on. Who is still here, and could be on it by their `former`
    role alone, stays on it as an interviewer.
    """
    user = User.objects.get(pk=user_id)
    going_on = Requisition.objects.exclude(state__in=workflow.ENDED)
    theirs = going_on.filter(Q(recruiter=user_id) | Q(hiring_manager=user_id) | Q(members__user=user_id))
    touched = list(theirs.distinct().order_by("pk"))
    for requisition in touched:
        facts: Facts = {}
        if requisition.recruiter_id == user_id and recruiter is not None:
            facts["recruiter"] = recruiter
        if requisition.hiring_manager_id == user_id and manager is not None:
            facts["hiring_manager"] = manager
        if facts:
            change_requisition(requisition_id=requisition.pk, by=by, now=now, **facts)
        over = [
            member
            for member in requisition.members.filter(user=user_id).order_by("pk")
            if not user.is_active or _is_lost(member.role, user.role, former=former)
        ]
        if over and user.is_active:
            add_member(requisition_id=requisition.pk, user=user, role=TeamRole.INTERVIEWER, by=by, now=now)
        for member in over:
            remove_member(requisition_id=requisition.pk, member_id=member.pk, by=by, now=now)
    return touched


def _is_lost(place: str, role: str, *, former: str) -> bool:
    may = MEMBERS.get(TeamRole(place), frozenset())
    return former in may and role not in may
