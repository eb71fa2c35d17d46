"""What candidates agree to, and take back."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="candidate.consented",
            text="{said} us to keep the details for other roles",
            icon="shield",
        ),
        Verb(name="candidate.agreed", text="agreed to messages about this: {purpose}", icon="shield"),
        Verb(name="candidate.refused", text="wants no more messages about this: {purpose}", icon="shield"),
    ]
)
