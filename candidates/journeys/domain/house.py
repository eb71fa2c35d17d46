"""The house's own steps as an organisation wants them: left out, at another time, for some, from the team."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from candidates.follow_ups.domain.journeys import Hours as When
from candidates.follow_ups.domain.journeys import Step
from candidates.journeys.domain.comparing import OFF
from candidates.journeys.domain.planning import after
from candidates.journeys.models import Hours, JourneyStep, Sender
from candidates.journeys.seeds import SHIPPED_BY_KEY

HOURS = {Hours.WORKING: When.WORKING, Hours.AWAKE: When.AWAKE}
NOT_FOR_THEM = "It is not for where they stand now."


def as_ordered(house: Step, step: JourneyStep, application: Any) -> Step:
    """What is owed stays as it is, but for who sends it."""
    by_team = step.sender == Sender.TEAM
    if house.owed:
        return replace(house, by_team=by_team)
    off = house.off
    if not step.is_active:
        off = OFF
    elif not is_for(step, application):
        off = NOT_FOR_THEM
    hours = HOURS[Hours(step.hours)]
    return replace(house, by_team=by_team, off=off, hours=hours, delays=_delays(step))


def is_for(step: JourneyStep, application: Any) -> bool:
    """Whether the conditions of the step hold for this application, which was read whole."""
    return (
        step.stage_kind in {"", application.stage.kind}
        and step.source_id in {None, application.source_id}
        and step.location_id in {None, application.requisition.location_id}
        and step.language in {"", application.candidate.language}
    )


def _delays(step: JourneyStep) -> Any:
    """Another time than the shipped one; None where it is that, which is counted where it happens."""
    facts = SHIPPED_BY_KEY[step.key]
    shipped = JourneyStep(**{name: facts[name] for name in ("amount", "unit") if name in facts})
    if (step.amount, step.unit) == (shipped.amount, shipped.unit):
        return None
    return partial(_later, step)


def _later(step: JourneyStep, at: datetime, calendar: Any) -> datetime:
    return after(step, at, calendar)
