"""What happens to hires, in words."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="hire.recorded", text="recorded the hire, to start on {starts}", icon="kept"),
        Verb(name="hire.undone", text="ended the hire: {reason}", personal=("reason",), icon="undo"),
        Verb(
            name="hire.first_day_set",
            text="set the first day to {starts}; it was {was}",
            candidate_text="Your first day is {starts}",
            icon="calendar",
        ),
        Verb(name="hire.exported", text="exported hires: {count}", icon="download"),
        Verb(name="hire.started", text="noted the first day", icon="flag"),
    ]
)
