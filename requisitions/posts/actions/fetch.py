"""Fetching the post that an action changes, its role locked first."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.staff_words import gettext_lazy
from requisitions.posts.models import JobPost
from requisitions.roles.rules import check_may


def get_post(post_id: int, by: User) -> JobPost:
    """The post, locked, for somebody who may change it; who only sees it reads whom to ask."""
    rows = JobPost.objects.select_related(
        "requisition__organisation__calendar",
        "requisition__location",
        "requisition__department",
        "requisition__recruiter",
    )
    post = get_for(rows, post_id, user=by, permission="requisitions.view_post", for_update=True)
    check_may(
        by,
        "requisitions.change_post",
        post,
        of=post.requisition,
        ask=gettext_lazy("Ask %(recruiter)s to change this advert."),
    )
    return post
