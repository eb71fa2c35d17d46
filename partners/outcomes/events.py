"""What happens after a hire. What was answered is in no activity: the record is read by more people."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="hire.outcomes_agreed", text=gettext_noop("agreed {count} for the first months"), icon="flag"
        ),
        Verb(
            name="hire.outcomes_seen",
            text=gettext_noop("has read what was agreed for the first months"),
            icon="check",
        ),
        Verb(
            name="outcome.asked", text=gettext_noop("asked both how it goes after {day} days"), icon="clock"
        ),
        Verb(name="outcome.reviewed", text=gettext_noop("wrote the review after {day} days"), icon="check"),
        Verb(
            name="outcome.answered", text=gettext_noop("answered how it goes after {day} days"), icon="check"
        ),
    ]
)
