"""What happens with slates and reviews, in words."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="slate.presented", text=gettext_noop("put {candidates} before {reviewer}"), icon="people"),
        Verb(name="review.asked", text=gettext_noop("asked {reviewer} for their view"), icon="user"),
        Verb(
            name="review.answered",
            text=gettext_noop("answered {verdict_label} after reading the application"),
            personal=("body", "criteria"),
            icon="check",
            opened=True,
        ),
        Verb(
            name="review.cancelled",
            text=gettext_noop("took back the question to {reviewer}: {why}"),
            icon="minus",
        ),
    ]
)
