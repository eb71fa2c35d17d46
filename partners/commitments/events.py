"""What is said of single commitments."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="commitment.excused",
            text="excused “{what}”: {reason}",
            personal=("reason",),
            icon="check",
        ),
        Verb(name="commitment.escalated", text="told {to} that “{what}” is missed{because}", icon="flag"),
    ]
)
