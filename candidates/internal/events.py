"""What is recorded of applications from within the house; none of it names the manager to the candidate's manager."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="application.kept_from_manager",
            text=gettext_noop("works here: kept from {manager} until the candidate says otherwise"),
            personal=("manager",),
            icon="lock",
        ),
        Verb(
            name="application.manager_wanted",
            text=gettext_noop("says that they work here: nobody knows yet for whom"),
            icon="lock",
        ),
        Verb(
            name="application.stand_in_chosen",
            text=gettext_noop("chose {stand_in} to stand in for {manager}"),
            personal=("manager", "stand_in"),
            icon="user",
        ),
        Verb(
            name="application.works_here_doubted",
            text=gettext_noop("says that they do not work here: {reason}"),
            personal=("reason",),
            icon="lock",
        ),
        Verb(
            name="application.works_here_wrong",
            text=gettext_noop("confirmed that they do not work here: it is kept from nobody any more"),
            candidate_text="We found that you do not work here: the role's manager sees your application",
            personal=("said_by",),
            icon="eye",
        ),
        Verb(
            name="application.works_here_stays",
            text=gettext_noop("left it as the applicant said: they work here"),
            icon="lock",
        ),
        Verb(
            name="application.manager_may_know",
            text=gettext_noop("said that their manager may know"),
            candidate_text="You said that your manager may know",
            icon="eye",
        ),
    ]
)
