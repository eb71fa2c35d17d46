"""What of a journey is still to come for an application, worked out from what has happened: no database, no clock.

An occasion is one thing that a step can follow: this interview, this entering of a stage. A step is planned once for
each occasion, under a key made of application, step and occasion.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ats.kernel.kept import kept
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.compose import quiet_hours
from candidates.journeys.models import BACKWARDS, Act, Hours, JourneyStep, Trigger, Unit

KEY = "journey:"
MOST_TIMES = 10
"""So often one step is taken for one application at most, whatever it follows."""

ACTIVE, HIRED = frozenset({"active"}), frozenset({"hired"})
IN: dict[str, frozenset[str]] = {
    Trigger.REJECTED: frozenset({"rejected"}),
    Trigger.WITHDREW: frozenset({"withdrawn"}),
    Trigger.HIRED: HIRED,
    Trigger.BEFORE_FIRST_DAY: HIRED,
    Trigger.FIRST_DAY: HIRED,
}
"""The states of an application in which what follows a trigger is true; of all others, in play."""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """`which` tells it from others of its trigger; `by_them`: the candidate did it, and waits for what follows."""

    trigger: str
    at: datetime
    which: str
    kind: str = ""
    by_them: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an application stands: what conditions ask for, and all occasions so far."""

    application_id: int
    state: str
    stage_kind: str
    source_id: int | None = None
    location_id: int | None = None
    language: str = "en"
    zone: str = "UTC"
    occasions: tuple[Occasion, ...] = field(default=())


@dataclass(frozen=True)
class Planned:
    key: str
    step: JourneyStep
    due_at: datetime
    occasion: Occasion


def plan(steps: Iterable[JourneyStep], standing: Standing, calendar: WorkingCalendar) -> Iterator[Planned]:
    """Every step that these occasions bring, whether its time has come or not."""
    for step in steps:
        if step.is_active and not step.is_of_house and suits(step, standing):
            for occasion in standing.occasions:
                if follows(step, occasion):
                    due_at = due(step, occasion, standing.zone, calendar)
                    yield Planned(key_of(standing.application_id, step, occasion), step, due_at, occasion)


def key_of(application_id: int, step: JourneyStep, occasion: Occasion) -> str:
    return f"{KEY}{application_id}:{step.key}:{occasion.which}"


def follows(step: JourneyStep, occasion: Occasion) -> bool:
    if step.trigger != occasion.trigger:
        return False
    return not step.stage_kind or not occasion.kind or step.stage_kind == occasion.kind


def suits(step: JourneyStep, standing: Standing) -> bool:
    """Whether the step is for somebody who stands there."""
    return (
        standing.state in IN.get(step.trigger, ACTIVE)
        and step.stage_kind in {"", standing.stage_kind}
        and step.source_id in {None, standing.source_id}
        and step.location_id in {None, standing.location_id}
        and step.language in {"", standing.language}
    )


def why_not(step: JourneyStep, standing: Standing) -> str:
    """Why the step is not for somebody who stands there; empty where it is."""
    if standing.state not in IN.get(step.trigger, ACTIVE):
        return {
            "active": kept("The decision was undone."),
            "withdrawn": kept("The candidate has withdrawn."),
        }.get(standing.state, kept("The outcome has been decided."))
    if not suits(step, standing):
        return kept("It is not for where they stand now.")
    return ""


def due(step: JourneyStep, occasion: Occasion, zone: str, calendar: WorkingCalendar) -> datetime:
    """When it is due: the delay from the occasion, and then the next hour at which its reader may be written to."""
    moment = after(step, occasion.at, calendar)
    if step.act == Act.TASK:
        return working_time.resumes(calendar, moment)
    if occasion.by_them and not step.amount:
        return moment
    if step.hours == Hours.AWAKE:
        return quiet_hours.awake(moment, quiet_hours.zone_named(zone))
    return working_time.sendable(moment, zone=zone, calendar=calendar)


def after(step: JourneyStep, at: datetime, calendar: WorkingCalendar) -> datetime:
    back, amount = step.trigger in BACKWARDS, step.amount
    if not amount:
        return at
    if step.unit == Unit.CALENDAR:
        return at + timedelta(days=-amount if back else amount)
    if step.unit == Unit.HOURS:
        count = working_time.hours_before if back else working_time.after_hours
        return count(calendar, at, amount)
    return _days_from(calendar, at, -amount if back else amount)


def _days_from(calendar: WorkingCalendar, at: datetime, days: int) -> datetime:
    """The same time of day so many working days later, or earlier."""
    local = at.astimezone(calendar.zone)
    day = local.date()
    turn = working_time.next_working_day if days > 0 else working_time.previous_working_day
    for _ in range(abs(days)):
        day = turn(calendar, day)
    return datetime.combine(day, local.time(), tzinfo=calendar.zone)


def active(steps: Sequence[JourneyStep]) -> list[JourneyStep]:
    """The steps that are planned here."""
    return [step for step in steps if step.is_active and not step.is_of_house]
