"""What happens on the path. How somebody marked the notes of the exercise is never among it."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="path.read", text="read how we work together, version {version}", icon="check"),
        Verb(name="path.exercised", text="did the exercise on made-up evidence", icon="check"),
    ]
)
