"""What happens to a requisition."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="requisition.stand_in_begun",
            text=gettext_noop("has {member} stand in for {away} as {role}"),
            icon="people",
        ),
        Verb(
            name="requisition.stand_in_ended",
            text=gettext_noop("has {member} stand in for {away} as {role} no more"),
            icon="people",
        ),
        Verb(name="requisition.created", text=gettext_noop("began this role as {reference}"), icon="plus"),
        Verb(name="requisition.changed", text=gettext_noop("changed {what}"), icon="edit"),
        Verb(name="requisition.opened", text=gettext_noop("opened the role"), icon="play"),
        Verb(
            name="requisition.both_parts",
            text=gettext_noop("{name} is recruiter and hiring manager: nobody else is here yet"),
            icon="partners",
        ),
        Verb(name="requisition.held", text=gettext_noop("put the role on hold: {reason}"), icon="pause"),
        Verb(name="requisition.resumed", text=gettext_noop("took the role up again"), icon="play"),
        Verb(
            name="requisition.ended", text=gettext_noop("ended the role as {outcome}: {reason}"), icon="flag"
        ),
        Verb(name="requisition.reopened", text=gettext_noop("took the role up again: {reason}"), icon="undo"),
        Verb(
            name="requisition.member_added",
            text=gettext_noop("took {member} into the team as {role}"),
            icon="user",
        ),
        Verb(
            name="requisition.member_removed",
            text=gettext_noop("took {member} ({role}) off the team"),
            icon="minus",
        ),
    ]
)
