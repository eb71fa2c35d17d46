"""A post closes by itself after its last day."""

from datetime import datetime, time, timedelta

from ats.duework.models import DueTask
from ats.duework.tasks import cancel, plan, task_kind
from requisitions.posts.closing import close
from requisitions.posts.models import JobPost, PostState

EXPIRE = "posts.expire"


@task_kind(EXPIRE)
def expire(task: DueTask, now: datetime) -> None:
    """Close it, if it is still published and its last day is still that day."""
    post = JobPost.objects.select_for_update(of=("self",), no_key=True).filter(pk=task.subject_id).first()
    if post is None or post.state != PostState.PUBLISHED or post.valid_through is None:
        return
    if post.valid_through.isoformat() == task.payload["valid_through"]:
        close(post, by=None, now=now)


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
