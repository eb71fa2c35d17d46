"""What happens to a requisition."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="requisition.stand_in_begun",
            text="has {member} stand in for {away} as {role}",
            icon="people",
        ),
        Verb(
            name="requisition.stand_in_ended",
            text="has {member} stand in for {away} as {role} no more",
            icon="people",
        ),
        Verb(name="requisition.created", text="began this role as {reference}", icon="plus"),
        Verb(name="requisition.changed", text="changed {what}", icon="edit"),
        Verb(name="requisition.opened", text="opened the role", icon="play"),
        Verb(
            name="requisition.both_parts",
            text="{name} is recruiter and hiring manager: nobody else is here yet",
            icon="partners",
        ),
        Verb(name="requisition.held", text="put the role on hold: {reason}", icon="pause"),
        Verb(name="requisition.resumed", text="took the role up again", icon="play"),
        Verb(name="requisition.ended", text="ended the role as {outcome}: {reason}", icon="flag"),
        Verb(name="requisition.reopened", text="took the role up again: {reason}", icon="undo"),
        Verb(name="requisition.member_added", text="took {member} into the team as {role}", icon="user"),
        Verb(name="requisition.member_removed", text="took {member} ({role}) off the team", icon="minus"),
    ]
)
