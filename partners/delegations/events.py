"""What happens with delegations."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="delegation.given",
            text="asked {delegate} to stand in from {begins} to {ends}",
            icon="people",
        ),
        Verb(name="delegation.begun", text="has {delegate} stand in for {owner}", icon="people"),
        Verb(
            name="delegation.ended", text="has {delegate} stand in for {owner} no more: {why}", icon="people"
        ),
    ]
)
