"""What happens to a role happens to its partnership."""

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.kept import kept
from partners.partnerships import actions
from requisitions.models import Requisition

LEADERS = {"recruiter", "hiring_manager"}


@subscribe("requisition.opened")
def on_opened(activity: Activity) -> None:
    requisition = Requisition.objects.select_related("organisation", "recruiter", "hiring_manager").get(
        pk=activity.subject_id
    )
    actions.begin(requisition=requisition, by=user_of(activity), now=activity.occurred_at)


@subscribe("requisition.changed")
def on_changed(activity: Activity) -> None:
    by, now = user_of(activity), activity.occurred_at
    if LEADERS & set(activity.data["fields"]):
        actions.renew(requisition_id=activity.subject_id, by=by, now=now)
    actions.note_intake(requisition_id=activity.subject_id, by=by, now=now)


@subscribe("requisition.ended")
def on_ended(activity: Activity) -> None:
    actions.close(
        requisition_id=activity.subject_id,
        why=kept(f"the role was {activity.data['outcome']}"),
        by=user_of(activity),
        now=activity.occurred_at,
    )


@subscribe("requisition.reopened")
def on_reopened(activity: Activity) -> None:
    actions.resume(
        requisition_id=activity.subject_id,
        why=activity.data["reason"],
        by=user_of(activity),
        now=activity.occurred_at,
    )
