"""What happens to sequences and to whom they go."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="sequence.made", text=gettext_noop("made the sequence “{sequence}”"), icon="mail"),
        Verb(name="sequence.changed", text=gettext_noop("changed the sequence “{sequence}”"), icon="mail"),
        Verb(name="sequence.closed", text=gettext_noop("closed the sequence “{sequence}”"), icon="mail"),
        Verb(
            name="sequence.begun",
            text=gettext_noop("began to write to them: “{sequence}”"),
            icon="mail",
        ),
        Verb(
            name="sequence.sent",
            text=gettext_noop("wrote to them, mail {number} of “{sequence}”"),
            icon="mail",
        ),
        Verb(
            name="sequence.stopped",
            text=gettext_noop("stopped “{sequence}”: {why}"),
            icon="x",
        ),
        Verb(
            name="sequence.mail_cancelled",
            text=gettext_noop("took mail {number} out of “{sequence}”"),
            icon="x",
        ),
    ]
)
