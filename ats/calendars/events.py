"""What happens to somebody's availability."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="availability.changed",
            text=gettext_noop("changed when they are free for interviews: {what}"),
            icon="clock",
        ),
        Verb(
            name="calendar_link.changed",
            text=gettext_noop("{what} the private address of their calendar"),
            icon="link",
        ),
    ]
)
