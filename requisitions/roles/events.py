"""What happens to a requisition."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_lazy

declare(
    [
        Verb(
            name="requisition.stand_in_begun",
            text=gettext_lazy("has {member} stand in for {away} as {role}"),
            icon="people",
        ),
        Verb(
            name="requisition.stand_in_ended",
            text=gettext_lazy("has {member} stand in for {away} as {role} no more"),
            icon="people",
        ),
        Verb(name="requisition.created", text=gettext_lazy("began this role as {reference}"), icon="plus"),
        Verb(name="requisition.changed", text=gettext_lazy("changed {what}"), icon="edit"),
        Verb(name="requisition.opened", text=gettext_lazy("opened the role"), icon="play"),
        Verb(
            name="requisition.both_parts",
            text=gettext_lazy("{name} is recruiter and hiring manager: nobody else is here yet"),
            icon="partners",
        ),
        Verb(name="requisition.held", text=gettext_lazy("put the role on hold: {reason}"), icon="pause"),
        Verb(name="requisition.resumed", text=gettext_lazy("took the role up again"), icon="play"),
        Verb(
            name="requisition.ended", text=gettext_lazy("ended the role as {outcome}: {reason}"), icon="flag"
        ),
        Verb(name="requisition.reopened", text=gettext_lazy("took the role up again: {reason}"), icon="undo"),
        Verb(
            name="requisition.member_added",
            text=gettext_lazy("took {member} into the team as {role}"),
            icon="user",
        ),
        Verb(
            name="requisition.member_removed",
            text=gettext_lazy("took {member} ({role}) off the team"),
            icon="minus",
        ),
    ]
)
