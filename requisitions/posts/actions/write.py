"""Writing a post, whose address is readable, unique, and the same for ever."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

import pycountry
from django.db import transaction
from django.utils.text import slugify

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.posts.actions import close_posts
from requisitions.posts.actions.fetch import get_post
from requisitions.posts.actions.plan_expiry import plan_expiry
from requisitions.posts.actions.publish_knowingly import settle
from requisitions.posts.domain.richtext import sanitised
from requisitions.posts.models import JobPost, PostState, Vacancy
from requisitions.posts.queries import readiness
from requisitions.roles.models import Requisition
from requisitions.roles.rules import check_may
from requisitions.roles.workflow import check_not_ended

WORDS = {
    "title": gettext_lazy("the title"),
    "body": gettext_lazy("the text"),
    "language": gettext_lazy("the language"),
    "texts": gettext_lazy("the other languages"),
    "valid_through": gettext_lazy("the last day to apply"),
    "vacancy": gettext_lazy("whether there is a vacancy"),
    "fill_by": gettext_lazy("by when it is to be filled"),
}

LONGEST_BODY = 60_000


class PostFacts(TypedDict, total=False):
    """What can be said of a post."""

    title: str
    body: str
    language: str
    texts: dict[str, dict[str, str]]
    valid_through: date | None
    vacancy: str
    fill_by: date | None


@transaction.atomic
def create_post(*, requisition_id: int, by: User, now: datetime, **facts: Unpack[PostFacts]) -> JobPost:
    """A draft of an advertisement, under the requisition's title unless another one is given."""
    requisition = get_for(
        Requisition.objects.select_related("organisation", "recruiter"),
        requisition_id,
        user=by,
        permission="requisitions.view_requisition",
        for_update=True,
    )
    check_may(
        by,
        "requisitions.add_post",
        requisition,
        of=requisition,
        ask=gettext_lazy("Ask %(recruiter)s to advertise this role."),
    )
    check_not_ended(requisition.state)
    given = _cleaned({"title": requisition.title, **facts})
    post = JobPost(requisition=requisition, **given)
    _check(post)
    post.slug = new_slug(requisition, post.title)
    post.save()
    record("post.created", subject=post, by=by, now=now, data=close_posts.named(post))
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
    if post.state == PostState.PUBLISHED and {"title", "body", "texts"} & set(changed):
        settle(post, knowingly=knowingly, by=by, now=now)
    post.save(update_fields=changed)
    if "valid_through" in changed:
        plan_expiry(post, now=now)
    what = " and ".join(ours(str)(WORDS[name]) for name in changed)
    record(
        "post.changed",
        subject=post,
        by=by,
        now=now,
        data=close_posts.named(post) | {"fields": changed, "what": what},
    )
    return post


def _cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "body" in tidy:
        if len(tidy["body"]) > LONGEST_BODY:
            raise Invalid(gettext("This is longer than anybody will read."), field="body")
        tidy["body"] = sanitised(tidy["body"])
    if "texts" in tidy:
        given: dict[str, dict[str, str]] = facts["texts"]
        tidy["texts"] = {code: _other(texts) for code, texts in given.items()}
    return tidy


def _other(texts: dict[str, str]) -> dict[str, str]:
    """Title and text in another language, as the first are kept."""
    if len(texts.get("body", "")) > LONGEST_BODY:
        raise Invalid(gettext("This is longer than anybody will read."))
    if len(texts.get("title", "")) > 200:
        raise Invalid(gettext("Give the post titles of at most 200 characters."))
    kept = {name: text for name, text in texts.items() if name == "title"}
    body = sanitised(texts.get("body", ""))
    return kept | ({"body": body} if body else {})


def _check(post: JobPost) -> None:
    if not post.title or len(post.title) > 200:
        raise Invalid(gettext("Give the post a title of at most 200 characters."), field="title")
    if pycountry.languages.get(alpha_2=post.language) is None:
        raise Invalid(gettext("Write the language as its two letters, such as en."), field="language")
    if post.vacancy not in {"", *Vacancy.values}:
        raise Invalid(gettext("Say whether there is a vacancy to fill."), field="vacancy")


def new_slug(requisition: Requisition, title: str) -> str:
    """Such as data-engineer-r-0042; called with the requisition locked, and its number is in it."""
    number = slugify(requisition.reference)
    stem = slugify(title)[: 110 - len(number)].rstrip("-") or "job"
    base = f"{stem}-{number}"
    taken = set(JobPost.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tries = (f"{base}-{count}" if count else base for count in [0, *range(2, len(taken) + 3)])
    return next(slug for slug in tries if slug not in taken)
