"""What happens with delegations."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="delegation.given",
            text=gettext_noop("asked {delegate} to stand in from {begins} to {ends}"),
            icon="people",
        ),
        Verb(
            name="delegation.begun", text=gettext_noop("has {delegate} stand in for {owner}"), icon="people"
        ),
        Verb(
            name="delegation.ended",
            text=gettext_noop("has {delegate} stand in for {owner} no more: {why}"),
            icon="people",
        ),
    ]
)
