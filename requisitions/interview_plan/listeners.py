"""The plan's panel stands on the page of its role; and who leaves is planned with no more."""

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.when import counted
from requisitions.interview_plan.actions import leave
from requisitions.interview_plan.pages import cards

__all__ = ["cards"]


@holder
def plans_held(user: User) -> list[Held]:
    """Two queries."""
    pools, planned = leave.memberships(user.pk).count(), leave.planned_with(user.pk).count()
    found = []
    if planned:
        what = f"{counted(planned, 'planned interview', 'planned interviews')} that they take part in"
        found.append(Held(what, goes="the plan says that somebody is missing"))
    if pools:
        what = counted(pools, "place in a pool of interviewers", "places in pools of interviewers")
        found.append(Held(what, goes="falls free"))
    return found


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    user = User.objects.filter(pk=activity.subject_id).first()
    if user is not None:
        leave.leave(user=user, by=user_of(activity), now=activity.occurred_at)
