"""Every write to a job post."""

from requisitions.posts.actions.end import close_post
from requisitions.posts.actions.fetch import get_post
from requisitions.posts.actions.publish import open_and_publish, publish_post
from requisitions.posts.actions.write import LONGEST_BODY, WORDS, change_post, create_post

__all__ = [
    "LONGEST_BODY",
    "WORDS",
    "change_post",
    "close_post",
    "create_post",
    "get_post",
    "open_and_publish",
    "publish_post",
]
