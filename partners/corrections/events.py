"""What happens with course corrections."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="correction.started", text=gettext_noop("corrects the course: {challenge}"), icon="flag"),
        Verb(
            name="correction.step_added", text=gettext_noop("changes {lever}: {text}, by {due}"), icon="plus"
        ),
        Verb(name="correction.step_done", text=gettext_noop("has changed: {text}"), icon="check"),
        Verb(name="correction.step_reopened", text=gettext_noop("opened again: {text}"), icon="undo"),
        Verb(name="correction.looked_again", text=gettext_noop("looked again: {result}"), icon="eye"),
        Verb(
            name="correction.stopped",
            text=gettext_noop("stopped the correction of the course: {why}"),
            icon="x",
        ),
    ]
)
