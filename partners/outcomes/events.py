"""What happens after a hire. What was answered is in no activity: the record is read by more people."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="hire.outcomes_agreed", text="agreed {count} for the first months", icon="flag"),
        Verb(name="hire.outcomes_seen", text="has read what was agreed for the first months", icon="check"),
        Verb(name="outcome.asked", text="asked both how it goes after {day} days", icon="clock"),
        Verb(name="outcome.reviewed", text="wrote the review after {day} days", icon="check"),
        Verb(name="outcome.answered", text="answered how it goes after {day} days", icon="check"),
    ]
)
