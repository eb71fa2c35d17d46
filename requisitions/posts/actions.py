"""Every write to a job post."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

import pycountry
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, WrongState
from requisitions.posts import closing, readiness, wording, workflow
from requisitions.posts.models import JobPost, PostState
from requisitions.posts.richtext import sanitised
from requisitions.posts.slugs import new_slug
from requisitions.posts.tasks import plan_expiry
from requisitions.roles import actions as roles
from requisitions.roles.models import Requisition
from requisitions.roles.workflow import check_not_ended

WORDS = {
    "title": "the title",
    "body": "the text",
    "language": "the language",
    "valid_through": "the last day to apply",
}
LONGEST_BODY = 60_000


class PostFacts(TypedDict, total=False):
    """What can be said of a post."""

    title: str
    body: str
    language: str
    valid_through: date | None


@transaction.atomic
def create_post(*, requisition_id: int, by: User, now: datetime, **facts: Unpack[PostFacts]) -> JobPost:
    """A draft of an advertisement, under the requisition's title unless another one is given."""
    requisition = get_for(
        Requisition.objects.select_related("organisation"),
        requisition_id,
        user=by,
        permission="requisitions.add_post",
        for_update=True,
    )
    check_not_ended(requisition.state)
    given = _cleaned({"title": requisition.title, **facts})
    post = JobPost(requisition=requisition, **given)
    _check(post)
    post.slug = new_slug(requisition, post.title)
    post.save()
    record("post.created", subject=post, by=by, now=now, data=closing.named(post))
    return post


@transaction.atomic
def change_post(
    *, post_id: int, by: User, now: datetime, knowingly: str = "", **facts: Unpack[PostFacts]
) -> JobPost:
    """Change the facts that are given and leave the others; its address stays what it was.

    Unlawful words get into a published post only with the reason for which they are there, `knowingly`.
    """
    post = get_post(post_id, by)
    given = _cleaned(dict(facts))
    changed = [name for name, value in given.items() if value != getattr(post, name)]
    for name in changed:
        setattr(post, name, given[name])
    _check(post)
    if post.state == PostState.PUBLISHED and (gaps := readiness.to_publish(post, now)):
        # A published post stays one that could be published; a role on hold may still be worded.
        own = [gap for gap in gaps if gap.field in WORDS]
        if own:
            raise Invalid(own[0].text, field=own[0].field)
    if not changed:
        return post
    if post.state == PostState.PUBLISHED and {"title", "body"} & set(changed):
        wording.settle(post, knowingly=knowingly, by=by, now=now)
    post.save(update_fields=changed)
    if "valid_through" in changed:
        plan_expiry(post, now=now)
    what = " and ".join(WORDS[name] for name in changed)
    record(
        "post.changed",
        subject=post,
        by=by,
        now=now,
        data=closing.named(post) | {"fields": changed, "what": what},
    )
    return post


@transaction.atomic
def publish_post(*, post_id: int, by: User, now: datetime, knowingly: str = "") -> JobPost:
    """Show it on the careers site; WrongState says in one sentence everything that is missing.

    Unlawful words are refused with Invalid, unless `knowingly` says why they are there.
    """
    post = get_post(post_id, by)
    workflow.check(post.state, PostState.PUBLISHED)
    if gaps := readiness.to_publish(post, now):
        raise WrongState("Before this post can be published: " + " ".join(gap.text for gap in gaps))
    wording.settle(post, knowingly=knowingly, by=by, now=now)
    post.state, post.closed_at = PostState.PUBLISHED, None
    post.published_at = now
    post.save(update_fields=["state", "closed_at", "published_at"])
    plan_expiry(post, now=now)
    record("post.published", subject=post, by=by, now=now, data=closing.named(post))
    return post


@transaction.atomic
def open_and_publish(*, post_id: int, by: User, now: datetime, knowingly: str = "") -> JobPost:
    """Open the draft that it advertises and publish it at once; nothing happens where either is refused."""
    # The role is locked before its post, as everywhere.
    requisition_id = JobPost.objects.values_list("requisition_id", flat=True).filter(pk=post_id).first()
    if requisition_id is not None:
        lock(Requisition, requisition_id)
    post = get_post(post_id, by)
    if gaps := readiness.to_go_live(post, now):
        raise WrongState("Before this post can be published: " + " ".join(gap.text for gap in gaps))
    roles.open_requisition(requisition_id=post.requisition_id, by=by, now=now)
    return publish_post(post_id=post_id, by=by, now=now, knowingly=knowingly)


@transaction.atomic
def close_post(*, post_id: int, by: User, now: datetime) -> JobPost:
    """Take it off the careers site; who applied stays in play."""
    post = get_post(post_id, by)
    workflow.check(post.state, PostState.CLOSED)
    closing.close(post, by=by, now=now)
    return post


def get_post(post_id: int, by: User) -> JobPost:
    """The post, locked, for somebody who may change it."""
    rows = JobPost.objects.select_related(
        "requisition__organisation__calendar", "requisition__location", "requisition__department"
    )
    return get_for(rows, post_id, user=by, permission="requisitions.change_post", for_update=True)


def _cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "body" in tidy:
        if len(tidy["body"]) > LONGEST_BODY:
            raise Invalid("This is longer than anybody will read.", field="body")
        tidy["body"] = sanitised(tidy["body"])
    return tidy


def _check(post: JobPost) -> None:
    if not post.title or len(post.title) > 200:
        raise Invalid("Give the post a title of at most 200 characters.", field="title")
    if pycountry.languages.get(alpha_2=post.language) is None:
        raise Invalid("Write the language as its two letters, such as en.", field="language")
