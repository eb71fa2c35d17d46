"""Fetching the post that an action changes, its role locked first."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from requisitions.posts.models import JobPost


def get_post(post_id: int, by: User) -> JobPost:
    """The post, locked, for somebody who may change it."""
    rows = JobPost.objects.select_related(
        "requisition__organisation__calendar", "requisition__location", "requisition__department"
    )
    return get_for(rows, post_id, user=by, permission="requisitions.change_post", for_update=True)
