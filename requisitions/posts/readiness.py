"""What is missing before a post can be published, in plain words."""

from datetime import datetime

from requisitions.posts.models import JobPost
from requisitions.posts.richtext import plain
from requisitions.roles.models import RequisitionState
from requisitions.roles.readiness import Gap

FEWEST_WORDS = 8


def to_publish(post: JobPost, now: datetime) -> list[Gap]:
    """The gaps that keep it from being published; no query where requisition and location are fetched."""
    role = post.requisition
    gaps = []
    if role.state != RequisitionState.OPEN:
        gaps.append(Gap("Open the role first: people apply to open roles only.", "requisition"))
    if role.confidential:
        gaps.append(Gap("This role is confidential: a post would show it to everybody.", "confidential"))
    if role.pay_min is None or role.pay_max is None:
        gaps.append(Gap("Give the pay range: nobody applies here without knowing what it pays.", "pay_min"))
    if role.location is None:
        gaps.append(Gap("Say where the role is; for remote work, the office it belongs to.", "location"))
    if len(plain(post.body).split()) < FEWEST_WORDS:
        gaps.append(Gap(f"Describe the job in at least {FEWEST_WORDS} words.", "body"))
    if post.valid_through is not None and post.valid_through < now.date():
        gaps.append(Gap("The last day to apply has passed.", "valid_through"))
    return gaps
