"""Closing a post, by whatever way it comes to it."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from requisitions.posts.models import JobPost, PostState


def close(post: JobPost, *, by: User | None, now: datetime) -> None:
    """Take a published, locked post off the careers site; its address goes on to say that it is closed."""
    post.state, post.closed_at = PostState.CLOSED, now
    post.save(update_fields=["state", "closed_at"])
    record("post.closed", subject=post, by=by, now=now, data={"title": post.title, "slug": post.slug})
