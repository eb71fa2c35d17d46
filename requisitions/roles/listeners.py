"""Whose access ends hands on the roles that they lead; and what approvers say of the opening of a role."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, Level, Part, holder, successor, touches
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import says_for_whom, subscribe
from ats.kernel.staff_words import ngettext
from requisitions.roles import actions
from requisitions.roles.models import Requisition, TeamMember
from requisitions.roles.queries import approval
from requisitions.roles.workflow import ENDED


@holder
def roles_held(user: User) -> list[Held]:
    """Two queries."""
    ahead = Requisition.objects.exclude(state__in=ENDED)
    recruited, managed = ahead.filter(recruiter=user).count(), ahead.filter(hiring_manager=user).count()
    found = []
    if recruited:
        what = ngettext("%(number)s role as the recruiter", "%(number)s roles as the recruiter", recruited)
        found.append(Held(what % {"number": recruited}, part=Part.RECRUITER))
    if managed:
        what = ngettext(
            "%(number)s role as the hiring manager", "%(number)s roles as the hiring manager", managed
        )
        found.append(Held(what % {"number": managed}, part=Part.MANAGER))
    return found


@touches(Level.ROLE, Requisition)
def roles_touched(user: User) -> QuerySet[Requisition, int]:
    theirs = Q(recruiter=user) | Q(hiring_manager=user) | Q(members__user=user)
    rows = Requisition.objects.exclude(state__in=ENDED).filter(theirs)
    return rows.values_list("pk", flat=True).distinct()


@subscribe("user.deactivated", "user.role_changed")
def hand_on(activity: Activity) -> None:
    if by := user_of(activity):
        actions.hand_on(
            user_id=activity.subject_id,
            recruiter=successor(activity, Part.RECRUITER),
            manager=successor(activity, Part.MANAGER),
            former=activity.data.get("before", ""),
            by=by,
            now=activity.occurred_at,
        )


@subscribe("user.works_for_changed")
def on_another_side(activity: Activity) -> None:
    """They leave the teams of roles that they see no more."""
    by, organisations = user_of(activity), activity.data["organisations"]
    if by is not None and organisations is not None:
        actions.leave_teams_beyond(
            user_id=activity.subject_id, organisations=organisations, by=by, now=activity.occurred_at
        )


@subscribe("approval.granted")
def on_granted(activity: Activity) -> None:
    """The last of them has agreed: the role opens by itself."""
    if activity.data["kind"] == approval.KIND:
        actions.open_as_approved(
            requisition_id=activity.data["subject_id"],
            version=activity.data["subject_version"],
            now=activity.occurred_at,
        )


@says_for_whom
def for_whom(by: User, requisition_id: int, now: datetime) -> dict[str, Any]:
    """On this role they act for somebody who is away, if it is opened to them by that."""
    rows = TeamMember.objects.filter(user=by, requisition=requisition_id, stands_in_for__isnull=False)
    member = rows.select_related("stands_in_for").order_by("pk").first()
    if member is None or member.stands_in_for is None:
        return {}
    return {"for": str(member.stands_in_for), "for_id": member.stands_in_for_id}
