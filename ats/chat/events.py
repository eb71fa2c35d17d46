"""What happens to rooms of a team."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="chat.room_added", text="added the chat room {name}, which is told: {what}", icon="message"
        ),
        Verb(name="chat.room_changed", text="changed what the chat room {name} is told: {what}", icon="edit"),
        Verb(name="chat.room_removed", text="took away the chat room {name}", icon="trash"),
    ]
)
