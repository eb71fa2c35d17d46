"""What happens to a job post."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="post.created", text=gettext_noop("began the post {title}"), icon="plus"),
        Verb(name="post.changed", text=gettext_noop("changed {what} of the post {title}"), icon="edit"),
        Verb(name="post.published", text=gettext_noop("published the post {title}"), icon="globe"),
        Verb(
            name="post.worded_knowingly",
            text=gettext_noop("published {words} in the post {title} knowingly: {why}"),
            icon="alert",
        ),
        Verb(
            name="post.published_before_brief",
            text=gettext_noop("published the post {title} before its brief was settled and signed: {why}"),
            icon="alert",
        ),
        Verb(name="post.closed", text=gettext_noop("closed the post {title}"), icon="x"),
    ]
)
