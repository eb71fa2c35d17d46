"""What people do with messages that found no place by themselves."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="incoming.placed", text="placed a message that came in by mail", icon="mail-opened"),
        Verb(name="incoming.noted", text="kept a colleague's mail as a note", icon="mail-opened"),
        Verb(
            name="incoming.set_aside",
            text="set a message that came in by mail aside: {reason}",
            personal=("reason",),
            icon="x",
        ),
    ]
)
