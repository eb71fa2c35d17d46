"""What happens to hires, in words."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="hire.recorded", text="recorded the hire, to start on {starts}", icon="kept"),
        Verb(name="hire.undone", text="ended the hire: {reason}", personal=("reason",), icon="undo"),
        Verb(name="hire.exported", text="exported hires: {count}", icon="download"),
        Verb(name="hire.started", text="noted the first day", icon="flag"),
    ]
)
