"""What happens to rooms of a team."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="chat.room_added",
            text=gettext_noop("added the chat room {name}, which is told: {what}"),
            icon="message",
        ),
        Verb(
            name="chat.room_changed",
            text=gettext_noop("changed what the chat room {name} is told: {what}"),
            icon="edit",
        ),
        Verb(name="chat.room_removed", text=gettext_noop("took away the chat room {name}"), icon="trash"),
    ]
)
