"""The places on a team: on which side each is, and the record of who takes and leaves one."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.languages import ours
from requisitions.roles.models import Requisition, TeamMember, TeamRole

SIDES = ({TeamRole.RECRUITER, TeamRole.COORDINATOR}, {TeamRole.MANAGER})
"""The two partners of a role; interviewers and stakeholders are on neither side."""


def other_side(role: str) -> set[TeamRole]:
    """The places of the other partner; none where this one is on no side."""
    return next((theirs for mine, theirs in (SIDES, SIDES[::-1]) if role in mine), set())


def leave_other_side(requisition: Requisition, user: User, role: str, *, by: User, now: datetime) -> None:
    """Who takes this place gives up those of the other partner."""
    for member in requisition.members.filter(user=user, role__in=other_side(role)).order_by("pk"):
        member.user = user
        member.delete()
        note("requisition.member_removed", requisition, member, by=by, now=now)


def note(verb: str, requisition: Requisition, member: TeamMember, *, by: User, now: datetime) -> None:
    data = {
        "member": str(member.user),
        "user_id": member.user_id,
        "role": ours(member.get_role_display)().lower(),
    }
    record(verb, subject=requisition, by=by, now=now, data=data)
