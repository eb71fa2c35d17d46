"""Somebody is away: a colleague does their part on the teams of their roles, and only until they are back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.languages import ours
from requisitions.roles import workflow
from requisitions.roles.actions.join import MEMBERS
from requisitions.roles.actions.members import other_side
from requisitions.roles.models import Requisition, TeamMember, TeamRole

PARTS = {TeamRole.RECRUITER: "recruiter", TeamRole.MANAGER: "hiring_manager"}
"""What one stands in for: leading a side, by the field of the role that says who does."""


@transaction.atomic
def let_stand_in(*, away: User, by_whom: User | None, now: datetime) -> list[TeamMember]:
    """Of everything that `away` leads, `by_whom` does their part from now on, and nobody else; None: nobody does.

    A confidential role, or one of an organisation for which they do not work, is opened to nobody by that, nor does
    anybody come to stand on both sides of one.
    """
    led = list(_led_by(away))
    before = TeamMember.objects.filter(stands_in_for=away)
    lock_all(Requisition, {*(role.pk for role in led), *before.values_list("requisition", flat=True)})
    wanted = {(role.pk, part): role for role in led for part in _parts(role, away, by_whom)}
    for member in before.select_related("requisition", "user").order_by("pk"):
        place = (member.requisition_id, TeamRole(member.role))
        if by_whom is not None and member.user_id == by_whom.pk and place in wanted:
            del wanted[place]
        else:
            _leave(member, away, now=now)
    return [_join(role, part, away, by_whom, now=now) for (_, part), role in wanted.items() if by_whom]


def _leave(member: TeamMember, away: User, *, now: datetime) -> None:
    """Off the team, but where the role has become theirs meanwhile."""
    role = member.requisition
    if getattr(role, f"{PARTS[TeamRole(member.role)]}_id") == member.user_id:
        member.stands_in_for = None
        member.save(update_fields=["stands_in_for"])
    else:
        member.delete()
    _note("requisition.stand_in_ended", role, member, away, now=now)


def _led_by(user: User) -> Collection[Requisition]:
    rows = Requisition.objects.exclude(state__in=workflow.ENDED)
    return rows.filter(Q(recruiter=user) | Q(hiring_manager=user)).order_by("pk")


def _parts(role: Requisition, away: User, by_whom: User | None) -> list[TeamRole]:
    """Which of their parts on this role the other may do, and has not anyway."""
    if by_whom is None or not by_whom.is_active or not by_whom.may_work_for(role.organisation_id):
        return []
    theirs = {member.role for member in role.members.filter(user=by_whom, stands_in_for=None)}
    if role.confidential and not theirs and not by_whom.oversees:
        return []
    return [
        part
        for part, field in PARTS.items()
        if getattr(role, f"{field}_id") == away.pk
        and by_whom.role in MEMBERS[part]
        and part not in theirs
        and not theirs & set(other_side(part))
    ]


def _join(role: Requisition, part: TeamRole, away: User, by_whom: User, *, now: datetime) -> TeamMember:
    member, created = TeamMember.objects.get_or_create(
        requisition=role, user=by_whom, role=part, defaults={"stands_in_for": away}
    )
    if created:
        _note("requisition.stand_in_begun", role, member, away, now=now)
    return member


def _note(verb: str, role: Requisition, member: TeamMember, away: User, *, now: datetime) -> None:
    data = {
        "member": str(member.user),
        "user_id": member.user_id,
        "role": ours(member.get_role_display)().lower(),
        "away": str(away),
        "away_id": away.pk,
    }
    record(verb, subject=role, by=None, now=now, data=data)
