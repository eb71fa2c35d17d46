"""What happens with retrospectives. What somebody wrote is never among it: it is for the two alone."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="retrospective.opened", text="asked both to look back by {due}", icon="history"),
        Verb(name="retrospective.written", text="looked back, for the two partners alone", icon="edit"),
        Verb(name="retrospective.done", text="both have looked back, and read each other", icon="check"),
        Verb(name="retrospective.set_aside", text="set the look back aside: {why}", icon="undo"),
        Verb(name="retrospective.kept", text="keeps for the next brief: {what}", icon="flag"),
        Verb(
            name="retrospective.let_go", text="does not keep any more for the next brief: {what}", icon="undo"
        ),
    ]
)
