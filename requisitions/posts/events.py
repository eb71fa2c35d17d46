"""What happens to a job post."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="post.created", text="began the post {title}", icon="plus"),
        Verb(name="post.changed", text="changed {what} of the post {title}", icon="edit"),
        Verb(name="post.published", text="published the post {title}", icon="globe"),
        Verb(
            name="post.worded_knowingly",
            text="published {words} in the post {title} knowingly: {why}",
            icon="alert",
        ),
        Verb(
            name="post.published_before_brief",
            text="published the post {title} before its brief was settled and signed: {why}",
            icon="alert",
        ),
        Verb(name="post.closed", text="closed the post {title}", icon="x"),
    ]
)
