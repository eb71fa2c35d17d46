"""Who joins the team of a role, and who leaves it."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.accounts.queries.succession import WHO_MAY, Part
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing, WrongState
from requisitions.roles.actions.change import LEADING
from requisitions.roles.actions.fetch import fetch
from requisitions.roles.models import Requisition, TeamMember, TeamRole

MEMBERS = {
    TeamRole.RECRUITER: WHO_MAY[Part.RECRUITER],
    TeamRole.COORDINATOR: WHO_MAY[Part.RECRUITER],
    TeamRole.MANAGER: WHO_MAY[Part.MANAGER],
}
"""Which roles in the house a place on a team asks for, where it asks for any."""


@transaction.atomic
def add_member(*, requisition_id: int, user: User, role: str, by: User, now: datetime) -> TeamMember:
    """Take a person into the team, which opens this requisition to them."""
    requisition = fetch(requisition_id, by, "requisitions.change_team")
    if role not in TeamRole.values:
        raise Invalid("Choose one of the list.", field="role")
    if not user.is_active:
        raise Invalid(f"{user} no longer signs in here.", field="user")
    member, created = TeamMember.objects.get_or_create(requisition=requisition, user=user, role=role)
    if created:
        _record_member("requisition.member_added", requisition, member, by=by, now=now)
    return member


@transaction.atomic
def remove_member(*, requisition_id: int, member_id: int, by: User, now: datetime) -> None:
    """Take a person off the team; the two who lead are replaced, not removed."""
    requisition = fetch(requisition_id, by, "requisitions.change_team")
    member = requisition.members.select_related("user").filter(pk=member_id).first()
    if member is None:
        raise Missing("No such member of the team.")
    for field, role in LEADING.items():
        if member.role == role and member.user_id == getattr(requisition, f"{field}_id"):
            leader = role.label.lower()
            raise WrongState(f"{member.user} is the {leader} of this role: choose another {leader} first.")
    member.delete()  # first: who hears of it finds the team without them
    _record_member("requisition.member_removed", requisition, member, by=by, now=now)


def _record_member(
    verb: str, requisition: Requisition, member: TeamMember, *, by: User, now: datetime
) -> None:
    data = {"member": str(member.user), "user_id": member.user_id, "role": member.get_role_display().lower()}
    record(verb, subject=requisition, by=by, now=now, data=data)
