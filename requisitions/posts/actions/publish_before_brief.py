"""Before its brief is settled and signed, a post is published by a lead, by name and reason, or not at all."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from requisitions.posts.actions.publish_knowingly import LONGEST_WHY
from requisitions.posts.models import JobPost
from requisitions.posts.queries import readiness


def pass_by(post: JobPost, *, why: str, by: User, now: datetime) -> None:
    """NotAllowed where something is still to be agreed and `by` does not oversee; Invalid without a reason."""
    gaps = readiness.waits_for(post.requisition)
    if not gaps:
        return
    said = " ".join(gap.text for gap in gaps)
    if not by.oversees:
        raise NotAllowed(
            gettext("%(said)s Before that a recruiting lead alone can publish it, on record.")
            % {"said": said}
        )
    why = why.strip()
    if not why:
        raise Invalid(
            gettext("%(said)s Say why you publish it before that.") % {"said": said}, field="before_brief"
        )
    if len(why) > LONGEST_WHY:
        raise Invalid(
            gettext("Keep the reason under %(LONGEST_WHY)s characters.") % {"LONGEST_WHY": LONGEST_WHY},
            field="before_brief",
        )
    data = {
        "title": post.title,
        "post_id": post.pk,
        "missing": [gap.text for gap in ours(readiness.waits_for)(post.requisition)],
        "why": why,
    }
    record("post.published_before_brief", subject=post, by=by, now=now, data=data)
