"""What ends takes its posts with it."""

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from requisitions.posts import cards
from requisitions.posts.actions.close_posts import close_all
from requisitions.posts.queries import readiness

__all__ = ["cards", "readiness"]


@subscribe("requisition.ended")
def close_its_posts(activity: Activity) -> None:
    close_all(activity.subject_id, by=user_of(activity), now=activity.occurred_at)
