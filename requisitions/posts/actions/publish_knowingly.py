"""What is unlawful is published by name and reason, or not at all."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from requisitions.posts.models import JobPost
from requisitions.posts.queries.words import unlawful_anywhere

LONGEST_WHY = 300


def settle(post: JobPost, *, knowingly: str, by: User, now: datetime) -> None:
    """Raise Invalid where unlawful words come without a reason; with one, record who published them knowingly."""
    found = unlawful_anywhere(post)
    if not found:
        return
    words = ", ".join(dict.fromkeys(f"“{one.words}”" for one in found))
    why = knowingly.strip()
    if not why:
        raise Invalid(
            gettext("Publishing %(words)s would be unlawful: change it, or say why you publish it knowingly.")
            % {"words": words},
            field="knowingly",
        )
    if len(why) > LONGEST_WHY:
        raise Invalid(
            gettext("Keep the reason under %(LONGEST_WHY)s characters.") % {"LONGEST_WHY": LONGEST_WHY},
            field="knowingly",
        )
    topics = ", ".join(dict.fromkeys(one.topic.lower() for one in found))
    data = {"title": post.title, "post_id": post.pk, "words": words, "topics": topics, "why": why}
    record("post.worded_knowingly", subject=post, by=by, now=now, data=data)
