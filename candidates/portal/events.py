"""What happens to the address that we write to a candidate at."""

from ats.activity import verbs
from ats.activity.verbs import Verb
from ats.kernel.staff_words import gettext_noop

ASKED = gettext_noop("asked us to write to another e-mail address")

verbs.declare(
    [
        Verb(
            name="candidate.address_asked",
            text=ASKED,
            icon="mail",
        ),
        Verb(
            name="candidate.address_refused",
            text=gettext_noop("said no to another e-mail address"),
            icon="x",
        ),
    ]
)
