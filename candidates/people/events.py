"""What happens to people."""

from ats.activity import verbs
from ats.activity.verbs import Verb
from ats.kernel.staff_words import gettext_noop

verbs.declare(
    [
        Verb(name="candidate.added", text=gettext_noop("was added"), icon="user"),
        Verb(name="candidate.changed", text=gettext_noop("changed {fields}"), icon="edit"),
        Verb(
            name="candidate.email_confirmed",
            text=gettext_noop("confirmed the e-mail address"),
            candidate_text="You confirmed your e-mail address",
            icon="mail",
        ),
        Verb(
            name="candidate.address_added",
            text=gettext_noop("noted another address or telephone number"),
            icon="mail",
        ),
        Verb(
            name="candidate.address_removed",
            text=gettext_noop("removed an address or a telephone number"),
            icon="trash",
        ),
        Verb(
            name="candidate.phone_read", text=gettext_noop("reads the telephone number {how}"), icon="phone"
        ),
        Verb(
            name="candidate.known_openly",
            text=gettext_noop("noted that the address is known outside this role"),
            icon="info",
        ),
        Verb(
            name="candidate.said_who",
            text=gettext_noop("said that they {said} come to us outside this role, too"),
            candidate_text="You said that you {said} come to us another way, too",
            icon="user",
        ),
    ]
)
