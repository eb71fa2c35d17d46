"""What happens with check-ins."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="checkin.agenda_sent", text=gettext_noop("sent the agenda of check-in {number}"), icon="mail"
        ),
        Verb(name="checkin.moved", text=gettext_noop("moved check-in {number} to {when}"), icon="calendar"),
        Verb(
            name="checkin.confirmed",
            text=gettext_noop("will be at check-in {number} on {when}"),
            icon="check",
        ),
        Verb(
            name="checkin.refused", text=gettext_noop("cannot come to check-in {number} on {when}"), icon="x"
        ),
        Verb(
            name="checkin.unsure",
            text=gettext_noop("may come to check-in {number} on {when}, or not"),
            icon="clock",
        ),
        Verb(name="checkin.raised", text=gettext_noop("raised check-in {number}: {why}"), icon="calendar"),
        Verb(
            name="checkin.lead_told",
            text=gettext_noop("told {to} that check-ins {numbers} were not held"),
            icon="missed",
        ),
        Verb(
            name="checkin.rhythm_changed",
            text=gettext_noop("changed the check-ins: {rhythm}"),
            icon="calendar",
        ),
        Verb(name="checkin.held", text=gettext_noop("held check-in {number}"), icon="check"),
        Verb(name="checkin.skipped", text=gettext_noop("check-in {number} was not held"), icon="missed"),
        Verb(name="checkin.cancelled", text=gettext_noop("cancelled check-in {number}: {why}"), icon="x"),
        Verb(name="checkin.action_agreed", text=gettext_noop("agreed: {text}, by {due}"), icon="flag"),
        Verb(name="checkin.action_done", text=gettext_noop("has done: {text}"), icon="check"),
        Verb(name="checkin.action_reopened", text=gettext_noop("opened again: {text}"), icon="undo"),
    ]
)
