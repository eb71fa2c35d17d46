"""What ends takes its posts with it."""

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import subscribe
from requisitions.posts.actions.close_posts import close_all
from requisitions.posts.queries import readiness

__all__ = ["readiness"]


@subscribe("requisition.ended")
def close_its_posts(activity: Activity) -> None:
    by = User.objects.filter(pk=activity.actor_id or 0).first() if activity.actor_kind == "user" else None
    close_all(activity.subject_id, by=by, now=activity.occurred_at)
