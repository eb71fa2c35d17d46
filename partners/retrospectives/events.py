"""What happens with retrospectives. What somebody wrote is never among it: it is for the two alone."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="retrospective.opened", text=gettext_noop("asked both to look back by {due}"), icon="history"
        ),
        Verb(
            name="retrospective.written",
            text=gettext_noop("looked back, for the two partners alone"),
            icon="edit",
        ),
        Verb(
            name="retrospective.done",
            text=gettext_noop("both have looked back, and read each other"),
            icon="check",
        ),
        Verb(
            name="retrospective.set_aside", text=gettext_noop("set the look back aside: {why}"), icon="undo"
        ),
        Verb(name="retrospective.kept", text=gettext_noop("keeps for the next brief: {what}"), icon="flag"),
        Verb(
            name="retrospective.let_go",
            text=gettext_noop("does not keep any more for the next brief: {what}"),
            icon="undo",
        ),
    ]
)
