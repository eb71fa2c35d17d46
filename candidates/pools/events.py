"""What happens to pools and to people in them."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="talent.made", text=gettext_noop("made the pool “{pool}”"), icon="people"),
        Verb(name="talent.changed", text=gettext_noop("changed the pool “{pool}”"), icon="people"),
        Verb(name="talent.closed", text=gettext_noop("closed the pool “{pool}”"), icon="people"),
        Verb(
            name="talent.joined",
            text=gettext_noop("added them to the pool “{pool}”: {why}"),
            personal=("why",),
            icon="people",
        ),
        Verb(
            name="talent.left",
            text=gettext_noop("took them out of the pool “{pool}”: {why}"),
            personal=("why",),
            icon="people",
        ),
        Verb(
            name="talent.touch_planned",
            text=gettext_noop("means to be in touch by {when}: {why}"),
            personal=("why",),
            icon="clock",
        ),
        Verb(name="talent.touched", text=gettext_noop("was in touch, for the pool “{pool}”"), icon="message"),
        Verb(
            name="talent.consent_asked",
            text=gettext_noop("asked whether we may keep their details, by {when}"),
            icon="shield",
        ),
    ]
)
