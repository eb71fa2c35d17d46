"""What the record says of due work that a person took in hand."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="duework.retried", text="let {what} be tried again", icon="refresh"),
        Verb(name="duework.dismissed", text="dismissed {what}", icon="x"),
    ]
)
