"""What happens to rules; what they do with somebody stands in the record as if by hand, with the rule's name."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="rule.written", text=gettext_noop("wrote the rule {title}"), icon="plus"),
        Verb(name="rule.changed", text=gettext_noop("changed the rule {title}"), icon="edit"),
        Verb(name="rule.removed", text=gettext_noop("removed the rule {title}"), icon="trash"),
        Verb(name="rule.tried", text=gettext_noop("tried the rule {title} on the past"), icon="eye"),
        Verb(name="rule.switched_on", text=gettext_noop("switched the rule {title} on"), icon="play"),
        Verb(name="rule.switched_off", text=gettext_noop("switched the rule {title} off"), icon="pause"),
        Verb(name="rule.broken", text=gettext_noop("switched the rule {title} off: {why}"), icon="alert"),
        Verb(
            name="rule.knock_outs_chosen",
            text=gettext_noop("chose whether rules may say no: {said}"),
            icon="settings",
        ),
        Verb(
            name="rule.no_waits",
            text=gettext_noop("plans a no, unless somebody stops it"),
            icon="clock",
        ),
        Verb(
            name="rule.set_aside",
            text=gettext_noop("left a no to people: this one is in the sample"),
            icon="people",
        ),
        Verb(name="rule.no_stopped", text=gettext_noop("stopped the no of the rule {title}"), icon="x"),
    ]
)
