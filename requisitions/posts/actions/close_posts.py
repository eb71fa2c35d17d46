"""Closing a post, by whatever way it comes to it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import record
from requisitions.posts.models import JobPost, PostState


def close(post: JobPost, *, by: User | None, now: datetime) -> None:
    """Take a published, locked post off the careers site; its address goes on to say that it is closed."""
    post.state, post.closed_at = PostState.CLOSED, now
    post.save(update_fields=["state", "closed_at"])
    record("post.closed", subject=post, by=by, now=now, data=named(post))


def hold(requisition_id: int) -> None:
    """Let nobody else close or show the posts of this role until the transaction ends."""
    list(_locked(requisition_id).values_list("pk"))


def close_all(requisition_id: int, *, by: User | None, now: datetime) -> None:
    """Nobody can be taken any more: neither may anybody apply. Its posts leave the careers site."""
    for post in _locked(requisition_id).filter(state=PostState.PUBLISHED):
        close(post, by=by, now=now)


def show_again(requisition_id: int, *, closed_at: datetime, by: User, now: datetime) -> None:
    """What closed its posts at that moment is taken back: they are on the careers site as before."""
    for post in _locked(requisition_id).filter(state=PostState.CLOSED, closed_at=closed_at):
        post.state, post.closed_at = PostState.PUBLISHED, None
        post.save(update_fields=["state", "closed_at"])
        record("post.published", subject=post, by=by, now=now, data=named(post))


def _locked(requisition_id: int) -> QuerySet[JobPost]:
    posts = JobPost.objects.filter(requisition_id=requisition_id).prefetch_related("requisition")
    return posts.select_for_update(no_key=True).order_by("pk")


def named(post: JobPost) -> dict[str, Any]:
    """What an activity about a post says of it."""
    return {"title": post.title, "slug": post.slug, "post_id": post.pk}
