"""What is missing before a post can be published, in plain words."""

from collections.abc import Callable
from datetime import datetime

from ats.kernel.staff_words import gettext
from requisitions.posts.domain.richtext import plain
from requisitions.posts.models import JobPost, PostState
from requisitions.posts.queries import lawful
from requisitions.posts.queries import words as wording
from requisitions.roles.models import Requisition, RequisitionState
from requisitions.roles.queries import readiness as roles
from requisitions.roles.queries.readiness import Gap

FEWEST_WORDS = 8

BriefCheck = Callable[[Requisition], list[Gap]]
_brief: list[BriefCheck] = []


def brief(check: BriefCheck) -> BriefCheck:
    """Let the decorated function say what an advert waits for before those who want the role agree on it.

    Who oversees may publish before that, by name and with the reason (`actions/publish_before_brief.py`).
    """
    _brief[:] = [check]
    return check


def waits_for(requisition: Requisition) -> list[Gap]:
    """What is to be settled and signed first; nothing where the organisation does not ask for that."""
    return [gap for check in _brief for gap in check(requisition)]


def to_publish(post: JobPost, now: datetime) -> list[Gap]:
    """The gaps that keep it from being published; no query where requisition and location are fetched."""
    gaps = []
    if post.requisition.state != RequisitionState.OPEN:
        gaps.append(Gap(gettext("Open the role first: people apply to open roles only."), "requisition"))
    return [*gaps, *roles.to_advertise(post.requisition), *_of_the_post(post, now)]


def to_go_live(post: JobPost, now: datetime) -> list[Gap]:
    """The gaps that keep it from being published at once with the opening of its role, where that is a draft."""
    if post.requisition.state != RequisitionState.DRAFT:
        return to_publish(post, now)
    role = post.requisition
    return [*roles.to_open_now(role), *roles.to_advertise(role), *_of_the_post(post, now)]


def _of_the_post(post: JobPost, now: datetime) -> list[Gap]:
    gaps = []
    if len(plain(post.body).split()) < FEWEST_WORDS:
        gaps.append(
            Gap(gettext("Describe the job in at least %(number)s words.") % {"number": FEWEST_WORDS}, "body")
        )
    if post.valid_through is not None and post.valid_through < now.date():
        gaps.append(Gap(gettext("The last day to apply has passed."), "valid_through"))
    if post.fill_by is not None and post.fill_by < now.date():
        gaps.append(Gap(gettext("The day by which the job is to be filled has passed."), "fill_by"))
    return gaps + lawful.wanting(post, now)


@roles.advert
def advert_of(role: Requisition, now: datetime) -> list[Gap]:
    """What the advert that comes nearest to publishing still needs; nothing where one is out."""
    posts = sorted(role.posts.all(), key=lambda post: (post.state == PostState.DRAFT, post.pk))
    if any(post.state == PostState.PUBLISHED for post in posts):
        return []
    if not posts:
        return [Gap(gettext("Write the text of the advert."), "post")]
    post = posts[-1]
    post.requisition = role
    gaps = _of_the_post(post, now)
    if found := wording.unlawful(post):
        words = ", ".join(dict.fromkeys(f"“{one.words}”" for one in found))
        gaps.append(
            Gap(gettext("The advert says %(words)s: that would be unlawful.") % {"words": words}, "body")
        )
    return gaps


@roles.while_advertised
def posts_that_are_out(role: Requisition, now: datetime) -> list[Gap]:
    """What a post that is out would no longer say as the law of its place wants it."""
    return lawful.of_live_posts(role, now)
