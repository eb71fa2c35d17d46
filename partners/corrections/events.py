"""What happens with course corrections."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="correction.started", text="corrects the course: {challenge}", icon="flag"),
        Verb(name="correction.step_added", text="changes {lever}: {text}, by {due}", icon="plus"),
        Verb(name="correction.step_done", text="has changed: {text}", icon="check"),
        Verb(name="correction.step_reopened", text="opened again: {text}", icon="undo"),
        Verb(name="correction.looked_again", text="looked again: {result}", icon="eye"),
        Verb(name="correction.stopped", text="stopped the correction of the course: {why}", icon="x"),
    ]
)
