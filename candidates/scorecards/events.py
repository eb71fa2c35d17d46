"""What happens with scorecards, in words. Ratings and evidence are never part of the record."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="scorecard.opened", text="asked {interviewer} for evidence from {interview}", icon="file"),
        Verb(name="scorecard.handed_in", text="handed in the evidence from {interview}", icon="check"),
        Verb(name="scorecard.corrected", text="corrected the evidence from {interview}", icon="edit"),
        Verb(
            name="scorecard.cancelled",
            text="no longer needs {interviewer}'s evidence from {interview}: {why}",
            icon="minus",
        ),
        Verb(
            name="scorecard.never_given",
            text="noted that {interviewer} never gave evidence from {interview}: {why}",
            icon="missed",
        ),
        Verb(
            name="scorecard.nudged",
            text="reminded {interviewer} of the evidence from {interview}",
            icon="clock",
        ),
        Verb(name="debrief.decided", text="decided on the evidence: {outcome_label}", icon="flag"),
    ]
)
