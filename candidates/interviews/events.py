"""What happens with interviews, in words."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="interview.booked",
            text="booked {name} on {when} with {with_whom}",
            candidate_text=gettext_noop("Your interview was booked: {name}, {when}"),
            icon="calendar",
        ),
        Verb(
            name="interview.moved",
            text="moved {name} from {was} to {when}: {reason}",
            candidate_text=gettext_noop("Your interview was moved: {name}, {when}"),
            personal=("reason",),
            icon="calendar",
        ),
        Verb(
            name="interview.cancelled",
            text="cancelled {name} on {when}: {reason}",
            candidate_text=gettext_noop("Your interview was cancelled: {name}, {when}"),
            personal=("reason",),
            icon="minus",
        ),
        Verb(
            name="interview.held",
            text="{name} took place with {with_whom}",
            candidate_text=gettext_noop("You had your interview: {name}"),
            icon="check",
        ),
        Verb(
            name="interview.no_show",
            text="said that the candidate did not come to {name}: {reason}",
            personal=("reason",),
            icon="eye-off",
        ),
        Verb(
            name="interview.interviewer_replaced",
            text="put {added} in the place of {removed} for {name}",
            icon="people",
        ),
        Verb(
            name="interview.replied",
            text="answered {reply} to the invitation to {name}",
            personal=("body",),
            icon="mail",
            opened=True,
        ),
        Verb(
            name="interview.replied_late",
            text="answered {said} to an earlier time of {name}, which changes nothing",
            personal=("body",),
            icon="mail",
            opened=True,
        ),
    ]
)
