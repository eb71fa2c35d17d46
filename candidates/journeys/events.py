"""What happens to journeys, and to the steps of one candidate."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="journey.changed", text="changed the journey of candidates: {change}", icon="edit"),
        Verb(name="journey.reworded", text="changed the words of the step “{step}”", icon="edit"),
        Verb(name="from_us.changed", text="changed what is said of us {where}", icon="edit"),
        Verb(name="from_us.removed", text="took away what is said of us {where}", icon="trash"),
        Verb(name="followup.left_out", text="left out the {step}: {reason}", personal=("reason",), icon="x"),
        Verb(
            name="followup.moved",
            text="moved the {step} to {when}: {reason}",
            personal=("reason",),
            icon="calendar-event",
        ),
        Verb(
            name="followup.hurried", text="sent the {step} early: {reason}", personal=("reason",), icon="send"
        ),
        Verb(name="followup.asked", text="asked {owner} to do this: {what}", icon="flag"),
        Verb(
            name="followup.task_put_off",
            text="put off what the journey asked to {when}: {what} ({reason})",
            personal=("reason",),
            icon="calendar-event",
        ),
        Verb(
            name="followup.task_skipped",
            text="skipped what the journey asked: {what} ({reason})",
            personal=("reason",),
            icon="x",
        ),
        Verb(name="followup.task_done", text="did what the journey asked: {what}", icon="check"),
    ]
)
