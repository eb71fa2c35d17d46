"""Somebody's access has ended: what they were to approve goes on to who oversees."""

from ats.accounts.models import User
from ats.accounts.succession import Held, holder
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.approvals import actions
from ats.approvals.models import Approval
from ats.common.when import counted


@holder
def approvals_held(user: User) -> list[Held]:
    """One query."""
    waiting = Approval.objects.open().filter(approver=user).count()
    what = f"{counted(waiting, 'approval', 'approvals')} to give"
    return [Held(what, goes="to the recruiting lead")] if waiting else []


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    rows = Approval.objects.unsettled().filter(approver=activity.subject_id)
    for request_id in rows.order_by("request").values_list("request", flat=True).distinct():
        actions.hand_on(request_id=request_id, by=activity.by, now=activity.occurred_at)
