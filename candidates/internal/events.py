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
            name="application.manager_may_know",
            text="said that their manager may know",
            candidate_text="You said that your manager may know",
            icon="eye",
        ),
    ]
)
