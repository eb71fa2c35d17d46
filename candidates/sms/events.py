"""What candidates say of SMS, and what became of them."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="candidate.sms_chosen",
            text=gettext_noop("wants SMS as well: {what}"),
            icon="device-mobile",
        ),
        Verb(
            name="candidate.sms_ended",
            text=gettext_noop("wants no more SMS, said {where}"),
            icon="device-mobile",
        ),
    ]
)
