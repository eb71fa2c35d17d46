"""What happens to the address that we write to a candidate at."""

from ats.activity import verbs
from ats.activity.verbs import Verb

ASKED = "asked us to write to another e-mail address"

verbs.declare(
    [
        Verb(
            name="candidate.address_asked",
            text=ASKED,
            icon="mail",
        ),
        Verb(
            name="candidate.address_refused",
            text="said no to another e-mail address",
            icon="x",
        ),
    ]
)
