"""What happens to the wording rules."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="wording.added", text="added a wording rule about {topic}", icon="plus"),
        Verb(name="wording.changed", text="changed the wording rule {code} about {topic}", icon="edit"),
        Verb(name="wording.removed", text="removed the wording rule {code} about {topic}", icon="trash"),
        Verb(
            name="wording.switched_off",
            text="switched off the wording rule {code} about {topic}: {why}",
            icon="pause",
        ),
        Verb(
            name="wording.switched_on", text="switched on the wording rule {code} about {topic}", icon="play"
        ),
        Verb(
            name="wording.misreading_asked",
            text="asked a lead whether the rule about {topic} misread something",
            personal=("what", "words"),
            icon="question",
        ),
        Verb(
            name="wording.misread",
            text="said that the rule about {topic} misread something: {why}",
            personal=("what", "words", "why"),
            icon="shield",
        ),
        Verb(
            name="wording.stands",
            text="let the rule about {topic} stand: it needs another wording",
            personal=("what", "words", "why"),
            icon="shield",
        ),
    ]
)
