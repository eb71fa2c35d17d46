"""What is said of single commitments."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="commitment.excused",
            text=gettext_noop("excused “{what}”: {reason}"),
            personal=("reason",),
            icon="check",
        ),
        Verb(
            name="commitment.escalated",
            text=gettext_noop("told {to} that “{what}” is missed{because}"),
            icon="flag",
        ),
    ]
)
