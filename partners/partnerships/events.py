"""What happens with partnerships and their agreements."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="partnership.begun", text="began the partnership for this role", icon="partners"),
        Verb(name="partnership.closed", text="closed the partnership: {why}", icon="flag"),
        Verb(name="partnership.resumed", text="took the partnership up again: {why}", icon="partners"),
        Verb(name="agreement.proposed", text="proposed version {version} of the agreement", icon="edit"),
        Verb(
            name="agreement.accepted",
            text="accepted version {version} of the agreement as {side_label}",
            icon="check",
        ),
        Verb(
            name="agreement.rules_changed",
            text="changed what agreements of {name} propose: {what}",
            icon="edit",
        ),
        Verb(
            name="update.given",
            text="said where the role stands",
            personal=("body",),
            icon="message",
            opened=True,
        ),
        Verb(name="intake.given", text="completed what the role needs", icon="list"),
    ]
)
