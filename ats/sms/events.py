"""What happens to the way by which an organisation sends SMS."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="sms.account_set",
            text=gettext_noop("set {provider} to carry SMS for the organisation"),
            icon="device-mobile",
        ),
        Verb(
            name="sms.account_removed",
            text=gettext_noop("took {provider} away, which carried SMS"),
            icon="trash",
        ),
    ]
)
