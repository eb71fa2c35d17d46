"""Whose access ends hands on the roles that they lead, and is on no team any more."""

from ats.accounts.models import User
from ats.accounts.succession import Held, Part, holder, successor
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.common.when import counted
from requisitions.roles import actions
from requisitions.roles.models import Requisition
from requisitions.roles.workflow import ENDED


@holder
def roles_held(user: User) -> list[Held]:
    """Two queries."""
    ahead = Requisition.objects.exclude(state__in=ENDED)
    recruited, managed = ahead.filter(recruiter=user).count(), ahead.filter(hiring_manager=user).count()
    found = []
    if recruited:
        found.append(Held(f"{counted(recruited, 'role', 'roles')} as the recruiter", part=Part.RECRUITER))
    if managed:
        found.append(Held(f"{counted(managed, 'role', 'roles')} as the hiring manager", part=Part.MANAGER))
    return found


@subscribe("user.deactivated")
def hand_on(activity: Activity) -> None:
    if isinstance(activity.by, User):
        actions.hand_on(
            user_id=activity.subject_id,
            recruiter=successor(activity, Part.RECRUITER),
            manager=successor(activity, Part.MANAGER),
            by=activity.by,
            now=activity.occurred_at,
        )
