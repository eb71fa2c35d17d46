"""What happens to people happens to the departments that they head."""

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.organisation import actions


@subscribe("user.deactivated")
def on_somebody_gone(activity: Activity) -> None:
    actions.leave_headless(user_id=activity.subject_id, by=user_of(activity), now=activity.occurred_at)
