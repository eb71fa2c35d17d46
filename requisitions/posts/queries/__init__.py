"""Reading posts for the page on which they are written."""

from requisitions.posts.queries.pages import get_post, get_question, post_page, questions_of

__all__ = [
    "get_post",
    "get_question",
    "post_page",
    "questions_of",
]
