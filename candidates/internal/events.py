"""What is recorded of applications from within the house; none of it names the manager to the candidate's manager."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="application.kept_from_manager",
            text="works here: kept from {manager} until the candidate says otherwise",
            personal=("manager",),
            icon="lock",
        ),
        Verb(
            name="application.manager_wanted",
            text="says that they work here: nobody knows yet for whom",
            icon="lock",
        ),
        Verb(
            name="application.stand_in_chosen",
            text="chose {stand_in} to stand in for {manager}",
            personal=("manager", "stand_in"),
            icon="user",
        ),
        Verb(
            name="application.works_here_doubted",
            text="says that they do not work here: {reason}",
            personal=("reason",),
            icon="lock",
        ),
        Verb(
            name="application.works_here_wrong",
            text="confirmed that they do not work here: it is kept from nobody any more",
            candidate_text="We found that you do not work here: the role's manager sees your application",
            personal=("said_by",),
            icon="eye",
        ),
        Verb(
            name="application.works_here_stays",
            text="left it as the applicant said: they work here",
            icon="lock",
        ),
        Verb(
            name="application.manager_may_know",
            text="said that their manager may know",
            candidate_text="You said that your manager may know",
            icon="eye",
        ),
    ]
)
