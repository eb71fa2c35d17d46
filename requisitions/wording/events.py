"""What happens to the wording rules."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="wording.added", text=gettext_noop("added a wording rule about {topic}"), icon="plus"),
        Verb(
            name="wording.changed",
            text=gettext_noop("changed the wording rule {code} about {topic}"),
            icon="edit",
        ),
        Verb(
            name="wording.removed",
            text=gettext_noop("removed the wording rule {code} about {topic}"),
            icon="trash",
        ),
        Verb(
            name="wording.switched_off",
            text=gettext_noop("switched off the wording rule {code} about {topic}: {why}"),
            icon="pause",
        ),
        Verb(
            name="wording.switched_on",
            text=gettext_noop("switched on the wording rule {code} about {topic}"),
            icon="play",
        ),
        Verb(
            name="wording.misreading_asked",
            text=gettext_noop("asked a lead whether the rule about {topic} misread something"),
            personal=("what", "words"),
            icon="question",
        ),
        Verb(
            name="wording.misread",
            text=gettext_noop("said that the rule about {topic} misread something: {why}"),
            personal=("what", "words", "why"),
            icon="shield",
        ),
        Verb(
            name="wording.stands",
            text=gettext_noop("let the rule about {topic} stand: it needs another wording"),
            personal=("what", "words", "why"),
            icon="shield",
        ),
    ]
)
