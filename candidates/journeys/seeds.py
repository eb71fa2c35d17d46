"""The journey that ships: what every organisation has until it changes something.

What goes out today is on; what else is ready-made waits, switched off, in words that can be used as they stand.
"""

from typing import Any

from ats.organisation.models import HiringOrganisation
from candidates.follow_ups.domain import journeys
from candidates.journeys import mails
from candidates.journeys.models import Act, Hours, Journey, JourneyStep, Sender, Trigger, Unit
from requisitions.models import StageKind

PREPARATION, SAME_DAY, FEEDBACK, KEEP_IN_TOUCH = "preparation", "same-day", "feedback", "keep-in-touch"

SHIPPED: tuple[dict[str, Any], ...] = (
    {"key": journeys.ACKNOWLEDGEMENT, "name": "Acknowledgement", "trigger": Trigger.APPLIED},
    {"key": journeys.HOLDING_NOTE, "name": "Note that it takes longer", "trigger": Trigger.PROMISE},
    {"key": journeys.NEW_DATE, "name": "Note on a new date", "trigger": Trigger.PROMISE},
    {"key": journeys.REMINDER, "name": "Reminder that it is their move", "trigger": Trigger.PROMISE},
    {
        "key": PREPARATION,
        "name": "Preparation for the interview",
        "trigger": Trigger.BEFORE_INTERVIEW,
        "amount": 2,
        "role": mails.PREPARATION,
        "is_active": False,
    },
    {
        "key": SAME_DAY,
        "name": "Thanks on the day of the interview",
        "trigger": Trigger.INTERVIEWED,
        "hours": Hours.AWAKE,
        "role": mails.SAME_DAY,
        "is_active": False,
    },
    {"key": journeys.DECISION, "name": "Decision, by the stage they reached", "trigger": Trigger.DECIDED},
    {
        "key": FEEDBACK,
        "name": "Feedback after an interview",
        "trigger": Trigger.REJECTED,
        "amount": 1,
        "stage_kind": StageKind.INTERVIEW,
        "act": Act.TASK,
        "task": "Offer them feedback on the evidence: one thing that was good, one that decided it.",
        "is_active": False,
    },
    {
        "key": journeys.THANKS,
        "name": "Thanks after a withdrawal",
        "trigger": Trigger.WITHDREW,
        "hours": Hours.AWAKE,
    },
    {
        "key": journeys.SURVEY,
        "name": "Survey",
        "trigger": Trigger.DECIDED,
        "amount": 2,
        "unit": Unit.CALENDAR,
    },
    {
        "key": journeys.WEEK_BEFORE,
        "name": "Welcome, a week before the first day",
        "trigger": Trigger.BEFORE_FIRST_DAY,
        "amount": 7,
        "unit": Unit.CALENDAR,
    },
    {
        "key": journeys.DAY_BEFORE,
        "name": "Welcome, the day before the first day",
        "trigger": Trigger.BEFORE_FIRST_DAY,
        "amount": 1,
        "unit": Unit.CALENDAR,
        "hours": Hours.AWAKE,
    },
    {
        "key": KEEP_IN_TOUCH,
        "name": "Keep in touch",
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
