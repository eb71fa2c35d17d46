"""What people say of signals."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="signal.all_right",
            text=gettext_noop("looked at a signal and found it all right: {why}"),
            personal=("why",),
            icon="check",
        ),
        Verb(
            name="signal.not_all_right",
            text=gettext_noop("looked at a signal and found it not all right: {why}"),
            personal=("why",),
            icon="alert",
        ),
        Verb(
            name="signal.opened_again",
            text=gettext_noop("a signal concerns somebody more, and is to be looked at again"),
            icon="eye",
        ),
    ]
)
