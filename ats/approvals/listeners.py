"""Somebody's access has ended: what they were to approve goes on to who oversees."""

from ats.accounts.models import User
from ats.activity.models import Activity, ActorKind
from ats.activity.record import subscribe
from ats.approvals import actions
from ats.approvals.models import Approval


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    rows = Approval.objects.unsettled().filter(approver=activity.subject_id)
    by = User.objects.filter(pk=activity.actor_id).first() if activity.actor_kind == ActorKind.USER else None
    for request_id in rows.order_by("request").values_list("request", flat=True).distinct():
        actions.hand_on(request_id=request_id, by=by, now=activity.occurred_at)
