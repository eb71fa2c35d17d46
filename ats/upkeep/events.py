"""What the record says of the upkeep of the house."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="upkeep.released",
            text=gettext_noop(
                "let work go on after a restore; messages that waited, to be {outcome}: {number}"
            ),
            icon="send",
        )
    ]
)
