"""Somebody's access has ended: what they were to approve goes on to who oversees."""

from django.db.models import F, Q

from ats.accounts.models import OVERSEERS, Role, User
from ats.accounts.queries.succession import Held, holder
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.approvals import actions
from ats.approvals.models import Approval
from ats.kernel.kept import kept
from ats.kernel.languages import recorded
from ats.kernel.when import counted


@holder
def approvals_held(user: User) -> list[Held]:
    """One query."""
    waiting = Approval.objects.open().filter(approver=user).count()
    what = kept(f"{counted(waiting, 'approval', 'approvals')} to give")
    return [Held(what, goes="to the recruiting lead")] if waiting else []


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    rows = Approval.objects.unsettled().filter(approver=activity.subject_id)
    for request_id in rows.order_by("request").values_list("request", flat=True).distinct():
        actions.hand_on(request_id=request_id, by=activity.by, now=activity.occurred_at)


@subscribe("user.role_changed")
def on_another_role(activity: Activity) -> None:
    """What they were asked for the sake of their role, or because they oversaw, is somebody else's to answer."""
    before, now_is = activity.data["before"], activity.subject.role
    step = {"position": F("position"), "label": F("label"), "role": before}
    asked = Q(label=recorded(Role(before).label)) | Q(
        **{f"request__chain__steps__{name}": value for name, value in step.items()}
    )
    if before in OVERSEERS and now_is not in OVERSEERS:
        asked |= ~Q(because="")
    rows = Approval.objects.unsettled().filter(asked, approver=activity.subject_id)
    found = dict(rows.order_by("request", "pk").values_list("pk", "request"))
    for request_id in dict.fromkeys(found.values()):
        mine = [pk for pk, place in found.items() if place == request_id]
        actions.hand_on(request_id=request_id, approvals=mine, by=activity.by, now=activity.occurred_at)
