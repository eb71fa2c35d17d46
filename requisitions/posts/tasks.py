"""A post closes by itself after its last day."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from requisitions.posts.actions.close_posts import close
from requisitions.posts.actions.plan_expiry import EXPIRE
from requisitions.posts.models import JobPost, PostState


@task_kind(EXPIRE)
def expire(task: DueTask, now: datetime) -> None:
    """Close it, if it is still published and its last day is still that day."""
    post = JobPost.objects.select_for_update(of=("self",), no_key=True).filter(pk=task.subject_id).first()
    if post is None or post.state != PostState.PUBLISHED or post.valid_through is None:
        return
    if post.valid_through.isoformat() == task.payload["valid_through"]:
        close(post, by=None, now=now)
