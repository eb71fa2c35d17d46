"""The journey that ships: what every organisation has until it changes something.

What goes out today is on; what else is ready-made waits, switched off, in words that can be used as they stand.
"""

from typing import Any

from ats.kernel.staff_words import gettext_noop
from ats.organisation.models import HiringOrganisation
from candidates.follow_ups.domain import journeys
from candidates.journeys import mails
from candidates.journeys.models import Act, Hours, Journey, JourneyStep, Sender, Trigger, Unit
from requisitions.models import StageKind

PREPARATION, SAME_DAY, FEEDBACK, KEEP_IN_TOUCH = "preparation", "same-day", "feedback", "keep-in-touch"

SHIPPED: tuple[dict[str, Any], ...] = (
    {"key": journeys.ACKNOWLEDGEMENT, "name": gettext_noop("Acknowledgement"), "trigger": Trigger.APPLIED},
    {
        "key": journeys.HOLDING_NOTE,
        "name": gettext_noop("Note that it takes longer"),
        "trigger": Trigger.PROMISE,
    },
    {
        "key": journeys.END_OF_PROMISE,
        "name": gettext_noop("Word that we did not keep our word"),
        "trigger": Trigger.PROMISE,
    },
    {"key": journeys.NEW_DATE, "name": gettext_noop("Note on a new date"), "trigger": Trigger.PROMISE},
    {
        "key": journeys.REMINDER,
        "name": gettext_noop("Reminder that it is their move"),
        "trigger": Trigger.PROMISE,
    },
    {
        "key": PREPARATION,
        "name": gettext_noop("Preparation for the interview"),
        "trigger": Trigger.BEFORE_INTERVIEW,
        "amount": 2,
        "role": mails.PREPARATION,
        "is_active": False,
    },
    {
        "key": SAME_DAY,
        "name": gettext_noop("Thanks on the day of the interview"),
        "trigger": Trigger.INTERVIEWED,
        "hours": Hours.AWAKE,
        "role": mails.SAME_DAY,
        "is_active": False,
    },
    {
        "key": journeys.DECISION,
        "name": gettext_noop("Decision, by the stage they reached"),
        "trigger": Trigger.DECIDED,
    },
    {
        "key": FEEDBACK,
        "name": gettext_noop("Feedback after an interview"),
        "trigger": Trigger.REJECTED,
        "amount": 1,
        "stage_kind": StageKind.INTERVIEW,
        "act": Act.TASK,
        "task": gettext_noop(
            "Offer them feedback on the evidence: one thing that was good, one that decided it."
        ),
        "is_active": False,
    },
    {
        "key": journeys.THANKS,
        "name": gettext_noop("Thanks after a withdrawal"),
        "trigger": Trigger.WITHDREW,
        "hours": Hours.AWAKE,
    },
    {
        "key": journeys.SURVEY,
        "name": gettext_noop("Survey"),
        "trigger": Trigger.DECIDED,
        "amount": 2,
        "unit": Unit.CALENDAR,
    },
    {
        "key": journeys.WEEK_BEFORE,
        "name": gettext_noop("Welcome, a week before the first day"),
        "trigger": Trigger.BEFORE_FIRST_DAY,
        "amount": 7,
        "unit": Unit.CALENDAR,
    },
    {
        "key": journeys.DAY_BEFORE,
        "name": gettext_noop("Welcome, the day before the first day"),
        "trigger": Trigger.BEFORE_FIRST_DAY,
        "amount": 1,
        "unit": Unit.CALENDAR,
        "hours": Hours.AWAKE,
    },
    {
        "key": KEEP_IN_TOUCH,
        "name": gettext_noop("Keep in touch"),
        "trigger": Trigger.REJECTED,
        "amount": 60,
        "role": mails.KEEP_IN_TOUCH,
        "sender": Sender.TEAM,
        "is_active": False,
    },
)
"""By the names of `JourneyStep`; what is not said is its default."""


def shipped(organisation: HiringOrganisation) -> tuple[Journey, list[JourneyStep]]:
    """The journey as it ships, in no table."""
    journey = Journey(organisation=organisation, version=0)
    steps = []
    for position, facts in enumerate(SHIPPED):
        house = journeys.STEPS.get(facts["key"])
        role = {"role": house.mail} if house else {}
        steps.append(
            JourneyStep(
                journey=journey, position=position, owed=facts["key"] in journeys.OWED, **(role | facts)
            )
        )
    return journey, steps


SHIPPED_BY_KEY = {facts["key"]: facts for facts in SHIPPED}
