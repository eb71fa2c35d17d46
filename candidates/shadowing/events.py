"""What happens around sitting in. What was written down is never among it."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="shadowing.added", text=gettext_noop("let {shadow} sit in on {name}"), icon="people"),
        Verb(
            name="shadowing.removed",
            text=gettext_noop("{shadow} does not sit in on {name} any more"),
            icon="minus",
        ),
        Verb(
            name="shadowing.written",
            text=gettext_noop("wrote down what they saw, sitting in on {name}"),
            icon="edit",
        ),
        Verb(
            name="shadowing.confirmed",
            text=gettext_noop("confirmed that {shadow} sat in on {name}"),
            icon="check",
        ),
        Verb(
            name="shadowing.alone_confirmed",
            text=gettext_noop(
                "confirmed that {interviewer} interviews alone in {name} after {seen} of {needed}: {reason}"
            ),
            personal=("reason",),
            icon="check",
        ),
        Verb(
            name="shadowing.rules_changed",
            text=gettext_noop(
                "set in how many interviews somebody sits in before they interview alone: {needed}"
            ),
            icon="settings",
        ),
    ]
)
