"""What happens with celebrations."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="celebration.told", text="celebrated: {line}", icon="star"),
        Verb(name="celebration.taken_back", text="took a celebration back: {why}", icon="undo"),
    ]
)
