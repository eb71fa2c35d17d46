"""What ends takes its posts with it."""

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import subscribe
from requisitions.posts.closing import close
from requisitions.posts.models import JobPost, PostState


@subscribe("requisition.ended")
def close_its_posts(activity: Activity) -> None:
    published = JobPost.objects.filter(requisition_id=activity.subject_id, state=PostState.PUBLISHED)
    by = User.objects.filter(pk=activity.actor_id or 0).first() if activity.actor_kind == "user" else None
    for post in published.select_related("requisition").select_for_update(of=("self",), no_key=True):
        close(post, by=by, now=activity.occurred_at)
