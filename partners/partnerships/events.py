"""What happens with partnerships and their agreements."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="partnership.begun",
            text=gettext_noop("began the partnership for this role"),
            icon="partners",
        ),
        Verb(name="partnership.closed", text=gettext_noop("closed the partnership: {why}"), icon="flag"),
        Verb(
            name="partnership.resumed",
            text=gettext_noop("took the partnership up again: {why}"),
            icon="partners",
        ),
        Verb(
            name="agreement.proposed",
            text=gettext_noop("proposed version {version} of the agreement"),
            icon="edit",
        ),
        Verb(
            name="agreement.accepted",
            text=gettext_noop("accepted version {version} of the agreement as {side_label}"),
            icon="check",
        ),
        Verb(
            name="agreement.rules_changed",
            text=gettext_noop("changed what agreements of {name} propose: {what}"),
            icon="edit",
        ),
        Verb(
            name="update.given",
            text=gettext_noop("said where the role stands"),
            personal=("body",),
            icon="message",
            opened=True,
        ),
        Verb(name="intake.given", text=gettext_noop("completed what the role needs"), icon="list"),
    ]
)
