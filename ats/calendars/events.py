"""What happens to somebody's availability."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="availability.changed",
            text="changed when they are free for interviews: {what}",
            icon="clock",
        ),
        Verb(name="calendar_link.changed", text="{what} the private address of their calendar", icon="link"),
    ]
)
