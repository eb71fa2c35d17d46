"""Closing a post by hand."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from requisitions.posts import workflow
from requisitions.posts.actions import close_posts
from requisitions.posts.actions.fetch import get_post
from requisitions.posts.models import JobPost, PostState


@transaction.atomic
def close_post(*, post_id: int, by: User, now: datetime) -> JobPost:
    """Take it off the careers site; who applied stays in play."""
    post = get_post(post_id, by)
    workflow.check(post.state, PostState.CLOSED)
    close_posts.close(post, by=by, now=now)
    return post
