"""What happens to journeys, and to the steps of one candidate."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="journey.changed",
            text=gettext_noop("changed the journey of candidates: {change}"),
            icon="edit",
        ),
        Verb(
            name="journey.reworded", text=gettext_noop("changed the words of the step “{step}”"), icon="edit"
        ),
        Verb(name="from_us.changed", text=gettext_noop("changed what is said of us {where}"), icon="edit"),
        Verb(name="from_us.removed", text=gettext_noop("took away what is said of us {where}"), icon="trash"),
        Verb(
            name="followup.left_out",
            text=gettext_noop("left out the {step}: {reason}"),
            personal=("reason",),
            icon="x",
        ),
        Verb(
            name="followup.moved",
            text=gettext_noop("moved the {step} to {when}: {reason}"),
            personal=("reason",),
            icon="calendar-event",
        ),
        Verb(
            name="followup.hurried",
            text=gettext_noop("sent the {step} early: {reason}"),
            personal=("reason",),
            icon="send",
        ),
        Verb(name="followup.asked", text=gettext_noop("asked {owner} to do this: {what}"), icon="flag"),
        Verb(
            name="followup.task_put_off",
            text=gettext_noop("put off what the journey asked to {when}: {what} ({reason})"),
            personal=("reason",),
            icon="calendar-event",
        ),
        Verb(
            name="followup.task_skipped",
            text=gettext_noop("skipped what the journey asked: {what} ({reason})"),
            personal=("reason",),
            icon="x",
        ),
        Verb(
            name="followup.task_handed",
            text=gettext_noop("handed what was asked to {owner}: {what}"),
            icon="flag",
        ),
        Verb(
            name="followup.task_reopened",
            text=gettext_noop("took back that this was done: {what}"),
            icon="arrow-back-up",
        ),
        Verb(
            name="followup.task_done", text=gettext_noop("did what the journey asked: {what}"), icon="check"
        ),
    ]
)
