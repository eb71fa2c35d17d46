"""What happens with questions for a time, and with times that are proposed, in words."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="booking.asked",
            text=staff_words.gettext_noop("asked for a time for {names}: {way}"),
            icon="calendar",
        ),
        Verb(
            name="booking.given",
            text=staff_words.gettext_noop("said when they can come for {names}"),
            candidate_text="You told us when you can",
            personal=("note", "times"),
            icon="calendar",
        ),
        Verb(
            name="booking.expired",
            text=staff_words.gettext_noop("no time was chosen for {names} until {until}"),
            icon="clock",
        ),
        Verb(
            name="booking.cancelled",
            text=staff_words.gettext_noop("took back the question for a time for {names}: {reason}"),
            personal=("reason",),
            icon="minus",
        ),
        Verb(
            name="availability.asked",
            text=staff_words.gettext_noop("asked {interviewer} when they can for {name}"),
            icon="calendar",
        ),
        Verb(
            name="availability.given",
            text=staff_words.gettext_noop("said when they can for {name}"),
            personal=("times",),
            icon="calendar",
        ),
        Verb(
            name="availability.closed",
            text=staff_words.gettext_noop("ended the question to {interviewer} for times for {name}: {why}"),
            icon="minus",
        ),
        Verb(
            name="interview.time_proposed",
            text=staff_words.gettext_noop("proposed another time for {name}: {proposed}"),
            personal=("body",),
            icon="calendar",
            opened=True,
        ),
        Verb(
            name="interview.time_wished",
            text=staff_words.gettext_noop("proposed another time for {name}: {proposed}"),
            candidate_text=gettext_noop("You proposed another time for: {name}"),
            personal=("body",),
            icon="calendar",
            opened=True,
        ),
        Verb(
            name="interview.time_refused",
            text=staff_words.gettext_noop("let the time of {name} stand instead of {proposed}: {reason}"),
            personal=("reason",),
            icon="calendar",
        ),
    ]
)
