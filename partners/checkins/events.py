"""What happens with check-ins."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="checkin.agenda_sent", text="sent the agenda of check-in {number}", icon="mail"),
        Verb(name="checkin.moved", text="moved check-in {number} to {when}", icon="calendar"),
        Verb(name="checkin.confirmed", text="will be at check-in {number} on {when}", icon="check"),
        Verb(name="checkin.refused", text="cannot come to check-in {number} on {when}", icon="x"),
        Verb(name="checkin.unsure", text="may come to check-in {number} on {when}, or not", icon="clock"),
        Verb(name="checkin.raised", text="raised check-in {number}: {why}", icon="calendar"),
        Verb(
            name="checkin.lead_told",
            text="told {to} that check-ins {numbers} were not held",
            icon="missed",
        ),
        Verb(name="checkin.rhythm_changed", text="changed the check-ins: {rhythm}", icon="calendar"),
        Verb(name="checkin.held", text="held check-in {number}", icon="check"),
        Verb(name="checkin.skipped", text="check-in {number} was not held", icon="missed"),
        Verb(name="checkin.cancelled", text="cancelled check-in {number}: {why}", icon="x"),
        Verb(name="checkin.action_agreed", text="agreed: {text}, by {due}", icon="flag"),
        Verb(name="checkin.action_done", text="has done: {text}", icon="check"),
        Verb(name="checkin.action_reopened", text="opened again: {text}", icon="undo"),
    ]
)
