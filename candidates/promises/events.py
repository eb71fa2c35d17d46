"""What happens to promises."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="promise.opened", text=staff_words.gettext_noop("promised: {what}, by {due}"), icon="clock"
        ),
        Verb(
            name="promise.kept", text=staff_words.gettext_noop("kept the promise: {what}"), icon="clock-check"
        ),
        Verb(
            name="promise.broken",
            text=staff_words.gettext_noop("did not keep the promise in time: {what}, due {due}"),
            candidate_text=gettext_noop("{what} did not come by {due}, as we had said"),
            icon="clock-exclamation",
        ),
        Verb(
            name="promise.owed",
            text=staff_words.gettext_noop("owes an answer without a date from now on: {what}"),
            candidate_text=gettext_noop(
                "We have not kept our word. You need not wait for us; we still owe you an answer"
            ),
            icon="clock-exclamation",
        ),
        Verb(
            name="promise.still_owed",
            text=staff_words.gettext_noop("reminded {owner} of what is owed since {since}: {what}"),
            icon="bell",
        ),
        Verb(
            name="promise.asked_after",
            text=staff_words.gettext_noop("asked where it is: {what}"),
            candidate_text=gettext_noop("You asked where our answer is"),
            icon="question",
        ),
        Verb(
            name="promise.words_approved",
            text=staff_words.gettext_noop(
                "approved the words about a promise that was not kept, in: {languages}"
            ),
            icon="check",
        ),
        Verb(
            name="promise.corrected",
            text=staff_words.gettext_noop("corrected the record of a promise: {what}, due {due}: {reason}"),
            icon="clock-exclamation",
        ),
        Verb(
            name="promise.released",
            text=staff_words.gettext_noop("let go of the promise: {what}"),
            icon="clock-off",
        ),
        Verb(
            name="promise.changed",
            text=staff_words.gettext_noop("gave a new date for {what}: {due} instead of {was_due}. {reason}"),
            candidate_text=gettext_noop("New date for {what}: {due} instead of {was_due}. {reason}"),
            icon="calendar-event",
        ),
        Verb(
            name="promise.passed",
            text=staff_words.gettext_noop("passed the next move to {owner}: {what}, by {due}"),
            icon="arrow-right",
        ),
        Verb(
            name="promise.nudged",
            text=staff_words.gettext_noop("reminded {owner}: {what}, due {due}"),
            icon="bell",
        ),
    ]
)
