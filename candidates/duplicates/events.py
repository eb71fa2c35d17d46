"""What is on record of people who may be one."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="candidate.merged",
            text=gettext_noop("put two records of this person together"),
            icon="people",
        ),
        Verb(
            name="candidate.unmerged",
            text=gettext_noop("took two records apart that had been put together"),
            icon="people",
        ),
        Verb(
            name="candidate.not_the_same",
            text=gettext_noop("noted that somebody who is alike is another person"),
            icon="people",
        ),
    ]
)
