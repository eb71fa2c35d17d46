"""When somebody leaves: nobody can book them any more, and their plans say that somebody is missing."""

from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.kept import kept
from requisitions.interview_plan.models import PlannedInterview, PoolMember
from requisitions.roles.workflow import ENDED


def memberships(user_id: int) -> QuerySet[PoolMember]:
    return PoolMember.objects.filter(user=user_id).select_related("pool", "user").order_by("pk")


def planned_with(user_id: int) -> QuerySet[PlannedInterview]:
    """Interviews of plans in use that name this person."""
    rows = PlannedInterview.objects.filter(interviewers=user_id).exclude(requisition__state__in=ENDED)
    return rows.select_related("requisition").order_by("pk")


def leave(*, user: User, by: User | None, now: datetime) -> None:
    """Out of every pool and every plan in use; who takes their place is for whoever runs the role to choose."""
    for member in memberships(user.pk):
        what = kept(f"took {user}, who has left, out of the pool {member.pool.name}")
        record("pool.changed", subject=member.pool, by=by, now=now, data={"what": what})
        member.delete()
    for planned in planned_with(user.pk):
        planned.interviewers.remove(user)
        what = kept(f"took {user}, who has left, out of the interview {planned.name}")
        record("plan.changed", subject=planned.requisition, by=by, now=now, data={"what": what})
