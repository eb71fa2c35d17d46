"""The steps that follow a candidate's way, as data: when each is sent, and what must still be true then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from ats.kernel.kept import kept


class Hours(Enum):
    """When a step may reach a candidate."""

    ANY = "any"
    """At once: it answers what they did this moment."""
    AWAKE = "awake"
    """Between eight and eight where they are, on any day: they wait for it."""
    WORKING = "working"
    """The same, on working days."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """`mail`: the role of its message; empty for a step that only shows what another row brings.

    `states`: the application must still be in one of these. `while_promised`: the promise that the step
    speaks of must still be the open one. `while_starting`: the first day must be the one it was planned for.

    What an organisation says of a step (`candidates/journeys`): `words` names the template of its own words, and
    `facts` are what they may say beside the usual; `adds` stands below them; `most` messages of such steps reach one
    candidate in a day; `by_team`: they come from the team, and from nobody by name; `asks` gives a task to a person
    instead.
    """

    name: str
    label: str
    mail: str = ""
    after: timedelta = timedelta(0)
    hours: Hours = Hours.AWAKE
    states: frozenset[str] = field(default=frozenset({"active"}))
    while_promised: bool = False
    while_starting: bool = False
    owed: bool = False
    """A promise is kept by it, or broken openly: no organisation leaves it out, or has it later."""
    off: str = ""
    """Why this step is not taken, where it is not."""
    words: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    adds: str = ""
    most: int | None = None
    by_team: bool = False
    delays: Callable[[datetime, Any], datetime] | None = None
    """When it is due, where an organisation says another time: from the moment that it follows."""
    asks: Callable[[list[Any], Any], None] | None = None


ACKNOWLEDGEMENT = "acknowledgement"
HOLDING_NOTE = "holding_note"
END_OF_PROMISE = "end_of_promise"
REMINDER = "reminder"
NEW_DATE = "new_date"
DECISION = "decision"
THANKS = "thanks"
WEEK_BEFORE = "week_before"
DAY_BEFORE = "day_before"
SURVEY = "survey"
SURVEY_REMINDER = "survey_reminder"
SURVEY_APPLIED = "survey_applied"
SURVEY_INTERVIEWED = "survey_interviewed"

ENDED = frozenset({"hired", "rejected", "withdrawn"})

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step(
            name=ACKNOWLEDGEMENT,
            owed=True,
            label=kept("acknowledgement"),
            mail="application.acknowledged",
            hours=Hours.ANY,
        ),
        Step(
            name=HOLDING_NOTE,
            owed=True,
            label=kept("note that it takes longer"),
            mail="promise.holding_note",
            while_promised=True,
        ),
        Step(
            name=END_OF_PROMISE,
            owed=True,
            label="word that we did not keep our word",
            mail="promise.ended",
            while_promised=True,
        ),
        Step(
            name=REMINDER,
            owed=True,
            label=kept("reminder"),
            mail="promise.reminder",
            hours=Hours.WORKING,
            while_promised=True,
        ),
        Step(
            name=NEW_DATE,
            owed=True,
            label=kept("note on the new date"),
            mail="promise.changed",
            while_promised=True,
        ),
        # The decision itself waits in the outbox, where it can be taken back; this row shows that it is coming.
        Step(name=DECISION, owed=True, label=kept("decision"), states=frozenset({"rejected", "hired"})),
        Step(
            name=THANKS,
            label=kept("thanks"),
            mail="application.thanked",
            states=frozenset({"withdrawn"}),
        ),
        # After a yes, up to the first day; the words stand with the hires.
        Step(
            name=WEEK_BEFORE,
            label=kept("a week before the first day"),
            mail="hire.week_before",
            hours=Hours.WORKING,
            states=frozenset({"hired"}),
            while_starting=True,
        ),
        Step(
            name=DAY_BEFORE,
            label=kept("the day before the first day"),
            mail="hire.day_before",
            states=frozenset({"hired"}),
            while_starting=True,
        ),
        # How it was for them; who is asked, and the way to the answers, stand with the surveys.
        Step(
            name=SURVEY,
            label=kept("survey"),
            mail="survey.exit",
            after=timedelta(days=2),
            hours=Hours.WORKING,
            states=ENDED,
        ),
        Step(
            name=SURVEY_REMINDER,
            label=kept("reminder of the survey"),
            mail="survey.reminder",
            after=timedelta(days=3),
            hours=Hours.WORKING,
            states=ENDED,
        ),
        Step(
            name=SURVEY_APPLIED,
            label=kept("survey after applying"),
            mail="survey.applied",
            after=timedelta(days=2),
            hours=Hours.WORKING,
        ),
        Step(
            name=SURVEY_INTERVIEWED,
            label=kept("survey after an interview"),
            mail="survey.interviewed",
            after=timedelta(days=2),
            hours=Hours.WORKING,
        ),
    )
}

OWED = tuple(name for name, step in STEPS.items() if step.owed)
