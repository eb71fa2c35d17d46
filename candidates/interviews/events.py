"""What happens with interviews, in words."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="interview.booked",
            text=staff_words.gettext_noop("booked {name} on {when} with {with_whom}"),
            candidate_text=gettext_noop("Your interview was booked: {name}, {when}"),
            icon="calendar",
        ),
        Verb(
            name="interview.moved",
            text=staff_words.gettext_noop("moved {name} from {was} to {when}: {reason}"),
            candidate_text=gettext_noop("Your interview was moved: {name}, {when}"),
            personal=("reason",),
            icon="calendar",
        ),
        Verb(
            name="interview.cancelled",
            text=staff_words.gettext_noop("cancelled {name} on {when}: {reason}"),
            candidate_text=gettext_noop("Your interview was cancelled: {name}, {when}"),
            personal=("reason",),
            icon="minus",
        ),
        Verb(
            name="interview.held",
            text=staff_words.gettext_noop("{name} took place with {with_whom}"),
            candidate_text=gettext_noop("You had your interview: {name}"),
            icon="check",
        ),
        Verb(
            name="interview.no_show",
            text=staff_words.gettext_noop("said that the candidate did not come to {name}: {reason}"),
            personal=("reason",),
            icon="eye-off",
        ),
        Verb(
            name="interview.interviewer_replaced",
            text=staff_words.gettext_noop("put {added} in the place of {removed} for {name}"),
            icon="people",
        ),
        Verb(
            name="interview.replied",
            text=staff_words.gettext_noop("answered {reply} to the invitation to {name}"),
            personal=("body",),
            icon="mail",
            opened=True,
        ),
        Verb(
            name="interview.replied_late",
            text=staff_words.gettext_noop(
                "answered {said} to an earlier time of {name}, which changes nothing"
            ),
            personal=("body",),
            icon="mail",
            opened=True,
        ),
    ]
)
