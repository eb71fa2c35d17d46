"""What happens with celebrations."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="celebration.told", text=gettext_noop("celebrated: {line}"), icon="star"),
        Verb(name="celebration.taken_back", text=gettext_noop("took a celebration back: {why}"), icon="undo"),
    ]
)
