"""What happens to surveys; of an anonymous answer nothing is on record."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="survey.answered",
            text=gettext_noop("answered our survey, by name"),
            icon="message",
        ),
        Verb(
            name="survey.rules_changed",
            text=gettext_noop(
                "switched surveys {said}; one in {one_in} is asked after applying, after interviews: "
                "{after_interviews}"
            ),
            icon="edit",
        ),
        Verb(
            name="survey.customers_exported",
            text=gettext_noop("exported {number} people who asked to hear of our products and services"),
            icon="download",
        ),
    ]
)
