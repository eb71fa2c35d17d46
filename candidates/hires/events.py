"""What happens to hires, in words."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="hire.recorded", text=gettext_noop("recorded the hire, to start on {starts}"), icon="kept"),
        Verb(
            name="hire.undone",
            text=gettext_noop("ended the hire: {reason}"),
            personal=("reason",),
            icon="undo",
        ),
        Verb(
            name="hire.first_day_set",
            text=gettext_noop("set the first day to {starts}; it was {was}"),
            candidate_text="Your first day is {starts}",
            icon="calendar",
        ),
        Verb(name="hire.exported", text=gettext_noop("exported hires: {count}"), icon="download"),
        Verb(name="hire.started", text=gettext_noop("noted the first day"), icon="flag"),
    ]
)
