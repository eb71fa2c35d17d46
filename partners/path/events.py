"""What happens on the path. How somebody marked the notes of the exercise is never among it."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="path.read", text=gettext_noop("read how we work together, version {version}"), icon="check"
        ),
        Verb(name="path.exercised", text=gettext_noop("did the exercise on made-up evidence"), icon="check"),
    ]
)
