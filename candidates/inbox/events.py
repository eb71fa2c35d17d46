"""What people do with messages that found no place by themselves."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="incoming.placed",
            text=gettext_noop("placed a message that came in by mail"),
            icon="mail-opened",
        ),
        Verb(
            name="incoming.noted", text=gettext_noop("kept a colleague's mail as a note"), icon="mail-opened"
        ),
        Verb(
            name="incoming.set_aside",
            text=gettext_noop("set a message that came in by mail aside: {reason}"),
            personal=("reason",),
            icon="x",
        ),
    ]
)
