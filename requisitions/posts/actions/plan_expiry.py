"""A post closes by itself after its last day: planning it."""

from datetime import datetime, time, timedelta

from ats.duework.tasks import cancel, plan
from requisitions.posts.models import JobPost, PostState

EXPIRE = "posts.expire"


def plan_expiry(post: JobPost, *, now: datetime) -> None:
    """Have the post closed at the end of its last day where it hires; forget what was planned before."""
    cancel(EXPIRE, subject_id=post.pk, now=now)
    if post.state != PostState.PUBLISHED or post.valid_through is None:
        return
    zone = post.requisition.organisation.calendar.zone
    due_at = datetime.combine(post.valid_through + timedelta(days=1), time(), tzinfo=zone)
    plan(
        EXPIRE,
        subject_id=post.pk,
        due_at=due_at,
        key=f"{EXPIRE}:{post.pk}:{now.isoformat()}",
        payload={"valid_through": post.valid_through.isoformat()},
    )
