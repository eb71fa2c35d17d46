"""What is on record of an erasure: that it was asked for and done, and never whose words went."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="candidate.erasure_asked",
            text=gettext_noop("asked for the erasure of their data"),
            icon="trash",
        ),
        Verb(
            name="candidate.erasure_called_off",
            text=gettext_noop("called the erasure of their data off"),
            icon="x",
        ),
        Verb(name="candidate.erased", text=gettext_noop("erased the data of this person"), icon="trash"),
        Verb(
            name="candidate.hold_placed",
            text=gettext_noop("placed a legal hold: {reason}"),
            personal=("reason",),
            icon="lock",
        ),
        Verb(
            name="candidate.hold_lifted",
            text=gettext_noop("lifted a legal hold: {reason}"),
            personal=("reason",),
            icon="lock",
        ),
        Verb(
            name="retention.set",
            text=gettext_noop("set how long people are kept: {said}"),
            icon="edit",
        ),
    ]
)
