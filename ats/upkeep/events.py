"""What the record says of the upkeep of the house."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="upkeep.released",
            text="let work go on after a restore; messages that waited, to be {outcome}: {number}",
            icon="send",
        )
    ]
)
