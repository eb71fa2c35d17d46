"""What happens with scorecards, in words. Ratings and evidence are never part of the record."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="scorecard.opened",
            text=gettext_noop("asked {interviewer} for evidence from {interview}"),
            icon="file",
        ),
        Verb(
            name="scorecard.handed_in",
            text=gettext_noop("handed in the evidence from {interview}"),
            icon="check",
        ),
        Verb(
            name="scorecard.corrected",
            text=gettext_noop("corrected the evidence from {interview}"),
            icon="edit",
        ),
        Verb(
            name="scorecard.cancelled",
            text=gettext_noop("no longer needs {interviewer}'s evidence from {interview}: {why}"),
            icon="minus",
        ),
        Verb(
            name="scorecard.never_given",
            text=gettext_noop("noted that {interviewer} never gave evidence from {interview}: {why}"),
            icon="missed",
        ),
        Verb(
            name="scorecard.nudged",
            text=gettext_noop("reminded {interviewer} of the evidence from {interview}"),
            icon="clock",
        ),
        Verb(
            name="debrief.decided", text=gettext_noop("decided on the evidence: {outcome_label}"), icon="flag"
        ),
    ]
)
