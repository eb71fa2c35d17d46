"""What happens to promises."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="promise.opened", text="promised: {what}, by {due}", icon="clock"),
        Verb(name="promise.kept", text="kept the promise: {what}", icon="clock-check"),
        Verb(
            name="promise.broken",
            text="did not keep the promise in time: {what}, due {due}",
            candidate_text=gettext_noop("{what} did not come by {due}, as we had said"),
            icon="clock-exclamation",
        ),
        Verb(
            name="promise.corrected",
            text="corrected the record of a promise: {what}, due {due}: {reason}",
            icon="clock-exclamation",
        ),
        Verb(name="promise.released", text="let go of the promise: {what}", icon="clock-off"),
        Verb(
            name="promise.changed",
            text="gave a new date for {what}: {due} instead of {was_due}. {reason}",
            candidate_text=gettext_noop("New date for {what}: {due} instead of {was_due}. {reason}"),
            icon="calendar-event",
        ),
        Verb(
            name="promise.passed",
            text="passed the next move to {owner}: {what}, by {due}",
            icon="arrow-right",
        ),
        Verb(name="promise.nudged", text="reminded {owner}: {what}, due {due}", icon="bell"),
    ]
)
