"""Publishing a post, with the opening of its role where that is still a draft."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from requisitions.posts import workflow
from requisitions.posts.actions import close_posts
from requisitions.posts.actions.fetch import get_post
from requisitions.posts.actions.plan_expiry import plan_expiry
from requisitions.posts.actions.publish_before_brief import pass_by
from requisitions.posts.actions.publish_knowingly import settle
from requisitions.posts.models import JobPost, PostState
from requisitions.posts.queries import readiness
from requisitions.roles import actions as roles
from requisitions.roles.models import Requisition


@transaction.atomic
def publish_post(
    *, post_id: int, by: User, now: datetime, knowingly: str = "", before_brief: str = ""
) -> JobPost:
    """Show it on the careers site; WrongState says in one sentence everything that is missing.

    Unlawful words are refused with Invalid, unless `knowingly` says why they are there. Where adverts wait for the
    settled and signed brief, a lead alone publishes before it, and says why in `before_brief`.
    """
    post = get_post(post_id, by)
    workflow.check(post.state, PostState.PUBLISHED)
    if gaps := readiness.to_publish(post, now):
        raise WrongState(
            gettext("Before this post can be published: %(gaps)s")
            % {"gaps": " ".join(gap.text for gap in gaps)}
        )
    pass_by(post, why=before_brief, by=by, now=now)
    settle(post, knowingly=knowingly, by=by, now=now)
    post.state, post.closed_at = PostState.PUBLISHED, None
    post.published_at = now
    post.save(update_fields=["state", "closed_at", "published_at"])
    plan_expiry(post, now=now)
    record("post.published", subject=post, by=by, now=now, data=close_posts.named(post))
    return post


@transaction.atomic
def open_and_publish(
    *, post_id: int, by: User, now: datetime, knowingly: str = "", before_brief: str = ""
) -> JobPost:
    """Open the draft that it advertises and publish it at once; nothing happens where either is refused."""
    # The role is locked before its post, as everywhere.
    requisition_id = JobPost.objects.values_list("requisition_id", flat=True).filter(pk=post_id).first()
    if requisition_id is not None:
        lock(Requisition, requisition_id)
    post = get_post(post_id, by)
    if gaps := readiness.to_go_live(post, now):
        raise WrongState(
            gettext("Before this post can be published: %(gaps)s")
            % {"gaps": " ".join(gap.text for gap in gaps)}
        )
    roles.open_requisition(requisition_id=post.requisition_id, by=by, now=now)
    return publish_post(post_id=post_id, by=by, now=now, knowingly=knowingly, before_brief=before_brief)
