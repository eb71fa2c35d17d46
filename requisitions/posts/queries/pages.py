"""Reading posts for the page on which they are written."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.posts.domain.automation import Part, parts_for
from requisitions.posts.domain.statements import Statement, statements_of
from requisitions.posts.models import JobPost, PostState, Question
from requisitions.posts.queries import lawful
from requisitions.posts.queries.readiness import to_go_live, waits_for
from requisitions.roles.queries.readiness import Gap
from requisitions.roles.rules import check_may

RELATED = (
    "requisition__organisation__calendar",
    "requisition__department",
    "requisition__location",
    "requisition__recruiter",
    "requisition__hiring_manager",
)


@dataclass(frozen=True)
class PostPage:
    """A post, what it asks, and what keeps it from being published."""

    post: JobPost
    questions: list[Question]
    gaps: list[Gap]
    waits: list[Gap]
    """What is to be settled and signed before: who oversees may publish all the same."""
    statements: list[Statement]
    """What it says beside its text, to everybody."""
    done_here: list[Part]
    """What software does by itself with those who apply: on this it rests what the post says of it."""


def get_post(user: User, post_id: int, permission: str) -> JobPost:
    """The post for who may; who is in the recruiting team and only sees it reads whom to ask."""
    rows = JobPost.objects.select_related(*RELATED)
    post = get_for(rows, post_id, user=user, permission="requisitions.view_post")
    check_may(
        user,
        permission,
        post,
        of=post.requisition,
        ask=gettext_lazy("Ask %(recruiter)s to change this advert."),
    )
    return post


def questions_of(post: JobPost) -> list[Question]:
    """What is asked now, in order."""
    return list(post.questions.filter(removed_at__isnull=True).order_by("position", "id"))


def post_page(user: User, post_id: int, *, now: datetime) -> PostPage:
    post = get_post(user, post_id, "requisitions.change_post")
    is_out = post.state == PostState.PUBLISHED
    # A post that is out was published before the law of its place wanted more, or is for a larger house now.
    gaps = lawful.wanting(post, now) if is_out else to_go_live(post, now)
    waits = [] if is_out else waits_for(post.requisition)
    # For who may pass them by they are a question, for everybody else they are gaps like the others.
    gaps += [] if user.oversees else waits
    return PostPage(
        post,
        questions_of(post),
        gaps,
        waits if user.oversees else [],
        statements_of(post),
        parts_for(post.requisition),
    )


def get_question(user: User, question_id: int) -> Question:
    """A question that is asked, with its post, for somebody who may change it."""
    question = Question.objects.filter(pk=question_id, removed_at__isnull=True).first()
    post = get_post(user, question.post_id if question else 0, "requisitions.change_post")
    if question is None:
        raise Missing(
            gettext("No question with the number %(question_id)s is visible.") % {"question_id": question_id}
        )
    question.post = post
    return question
