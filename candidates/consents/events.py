"""What candidates agree to, and take back."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="candidate.consented",
            text=gettext_noop("{said} us to keep the details for other roles"),
            icon="shield",
        ),
        Verb(
            name="candidate.agreed",
            text=gettext_noop("agreed to messages about this: {purpose}"),
            icon="shield",
        ),
        Verb(
            name="candidate.refused",
            text=gettext_noop("wants no more messages about this: {purpose}"),
            icon="shield",
        ),
    ]
)
