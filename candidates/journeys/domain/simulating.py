"""What a candidate would get over six weeks, in four ways that it can go: no database, no clock.

A way is a list of what happens on which working day; the steps are worked out as for a real application.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ats.kernel.staff_words import gettext_noop
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.compose import quiet_hours
from candidates.follow_ups.domain import journeys
from candidates.journeys.domain.planning import ACTIVE, IN, Occasion, due, follows
from candidates.journeys.models import BACKWARDS, Act, JourneyStep, Trigger, Way
from candidates.promises.domain import terms
from requisitions.models import StageKind

WEEKS = 6
COOL_OFF = timedelta(minutes=15)
FIRST_ANSWER_DAYS = 3
"""Within how many working days the first answer is promised, as pipelines ship."""
MOST_NOTES = 4
"""So many notes in a row that it takes longer say enough about the ones after them."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happens on a working day, and where the application stands from then on."""

    day: int
    what: str
    triggers: tuple[str, ...] = ()
    stage: str = ""
    state: str = ""


_INTERVIEW = Event(
    day=4,
    what=gettext_noop("Moves to the interview, a time is booked"),
    triggers=(Trigger.STAGE, Trigger.BOOKED, Trigger.BEFORE_INTERVIEW),
    stage=StageKind.INTERVIEW,
)
_APPLIES = Event(
    day=0, what=gettext_noop("Applies"), triggers=(Trigger.APPLIED, Trigger.STAGE), stage=StageKind.APPLIED
)
_REVIEW = Event(
    day=2,
    what=gettext_noop("Is before the hiring manager"),
    triggers=(Trigger.STAGE,),
    stage=StageKind.REVIEW,
)
INTERVIEW_DAY, FIRST_DAY = 7, 28
AHEAD: dict[str, int] = {
    Trigger.BEFORE_INTERVIEW: INTERVIEW_DAY,
    Trigger.BEFORE_FIRST_DAY: FIRST_DAY,
    Trigger.FIRST_DAY: FIRST_DAY,
}
"""On which day is what lies ahead when its event is heard of."""

EVENTS: dict[str, tuple[Event, ...]] = {
    Way.REJECTED: (
        _APPLIES,
        _REVIEW,
        Event(
            day=4,
            what=gettext_noop("A no is decided"),
            triggers=(Trigger.DECIDED, Trigger.REJECTED),
            state="rejected",
        ),
    ),
    Way.HIRED: (
        _APPLIES,
        _REVIEW,
        _INTERVIEW,
        Event(day=INTERVIEW_DAY, what=gettext_noop("The interview"), triggers=(Trigger.INTERVIEWED,)),
        Event(
            day=10,
            what=gettext_noop("Gets our offer"),
            triggers=(Trigger.STAGE, Trigger.OFFERED),
            stage=StageKind.OFFER,
        ),
        Event(
            day=13,
            what=gettext_noop("Says yes, and is hired"),
            triggers=(Trigger.DECIDED, Trigger.HIRED, Trigger.BEFORE_FIRST_DAY, Trigger.FIRST_DAY),
            stage=StageKind.HIRED,
            state="hired",
        ),
    ),
    Way.WITHDREW: (
        _APPLIES,
        _REVIEW,
        _INTERVIEW,
        Event(day=5, what=gettext_noop("Withdraws"), triggers=(Trigger.WITHDREW,), state="withdrawn"),
    ),
    Way.SILENCE: (_APPLIES,),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entry of the time line; without a step it is what happens."""

    at: datetime
    what: str
    step: JourneyStep | None = None
    put_off: bool = False

    @property
    def is_task(self) -> bool:
        return self.step is not None and self.step.act == Act.TASK


@dataclass(frozen=True)
class Happened:
    event: Event
    at: datetime


@dataclass
class Line:
    """A way through the calendar: where somebody stands at any moment of it."""

    way: str
    calendar: WorkingCalendar
    start: datetime
    last_date: int = 0
    """After so many broken dates no further one is named; 0: there is no end of it."""
    happened: list[Happened] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.happened = [Happened(event, self.on(event.day)) for event in EVENTS[self.way]]

    @property
    def end(self) -> datetime:
        return self.start + timedelta(weeks=WEEKS)

    def on(self, days: int) -> datetime:
        """The same time of day so many working days after the start."""
        day = self.start.astimezone(self.calendar.zone).date()
        for _ in range(days):
            day = working_time.next_working_day(self.calendar, day)
        return datetime.combine(
            day, self.start.astimezone(self.calendar.zone).time(), tzinfo=self.calendar.zone
        )

    def state(self, at: datetime) -> str:
        return self._last("state", at) or "active"

    def stage(self, at: datetime) -> str:
        return self._last("stage", at)

    def _last(self, what: str, at: datetime) -> str:
        said = [getattr(each.event, what) for each in self.happened if each.at <= at]
        return next((each for each in reversed(said) if each), "")


def simulate(
    steps: Sequence[JourneyStep],
    *,
    way: str,
    calendar: WorkingCalendar,
    start: datetime,
    most: int,
    zone: str,
    last_date: int = 0,
) -> list[Shown]:
    """The time line of this way; a step with a condition that is not of the stage is shown as for whom it is."""
    line = Line(way, calendar, start, last_date)
    found = [Shown(at=each.at, what=each.event.what) for each in line.happened]
    for step in steps:
        if step.is_active and not journeys.STEPS.get(step.key, _NO_STEP).off:
            found += [Shown(at=at, what=step.name, step=step) for at in _times(step, line, zone)]
    found = [each for each in found if each.at <= line.end]
    # What happened comes before what follows it.
    found.sort(key=lambda each: (each.at, each.step is not None))
    return _spread(found, most=most, zone=zone, end=line.end)


_NO_STEP = journeys.Step(name="", label="")


def _times(step: JourneyStep, line: Line, zone: str) -> Iterator[datetime]:
    if step.key == journeys.HOLDING_NOTE:
        yield from _broken(line, zone)[: line.last_date - 1 if line.last_date else None]
    elif step.key == journeys.END_OF_PROMISE:
        yield from _broken(line, zone)[line.last_date - 1 :][:1] if line.last_date else ()
    elif step.key == journeys.DECISION:
        yield from (each.at + COOL_OFF for each in line.happened if Trigger.DECIDED in each.event.triggers)
    elif step.key in {journeys.NEW_DATE, journeys.REMINDER}:
        return  # nobody gives another date on these ways, and no move of theirs is missed
    else:
        for occasion in _occasions(step, line):
            at = due(step, occasion, zone, line.calendar)
            if follows(step, occasion) and _holds(step, line, at, occasion):
                yield at


def _occasions(step: JourneyStep, line: Line) -> Iterator[Occasion]:
    if step.trigger == Trigger.NO_NEWS:
        yield from (Occasion(trigger=step.trigger, at=each.at, which="") for each in line.happened)
        return
    for each in line.happened:
        if step.trigger in each.event.triggers:
            at = line.on(AHEAD[step.trigger]) if step.trigger in AHEAD else each.at
            if step.trigger in {Trigger.REJECTED, Trigger.HIRED}:
                at += COOL_OFF  # from the moment in which they are told
            yield Occasion(trigger=step.trigger, at=at, which="", kind=each.event.stage)


def _holds(step: JourneyStep, line: Line, at: datetime, occasion: Occasion) -> bool:
    """Whether the step is still true when it is due."""
    wanted = IN.get(step.trigger, ACTIVE)
    if step.trigger == Trigger.DECIDED:
        wanted = frozenset({"rejected", "hired", "withdrawn"})
    if line.state(at) not in wanted or at < line.start:
        return False
    if step.trigger in BACKWARDS and at >= occasion.at:
        return False
    if step.trigger == Trigger.NO_NEWS and any(occasion.at < each.at <= at for each in line.happened):
        return False
    return step.stage_kind in {"", line.stage(at)}


def _broken(line: Line, zone: str) -> list[datetime]:
    """When a note says that it takes longer: where nothing happens until the promised day, and on each day after."""
    if line.way != Way.SILENCE:
        return []
    at, days = line.start, FIRST_ANSWER_DAYS
    found = []
    for _ in range(max(MOST_NOTES, line.last_date)):
        at = working_time.after_days(line.calendar, at, days)
        days = terms.days_after_break(FIRST_ANSWER_DAYS)
        found.append(quiet_hours.awake(at, quiet_hours.zone_named(zone)))
    return found


def _spread(found: Iterable[Shown], *, most: int, zone: str, end: datetime) -> list[Shown]:
    """As many a day as the organisation says; the rest on the next."""
    of_day: Counter[date] = Counter()
    spread = []
    for each in found:
        step = each.step
        if step is None or step.owed or each.is_task or step.role.startswith("journey.interview"):
            spread.append(each)
            continue
        there = quiet_hours.zone_named(zone)
        at, put_off = each.at, False
        while of_day[at.astimezone(there).date()] >= most:
            day = at.astimezone(there).date() + timedelta(days=1)
            at, put_off = datetime.combine(day, quiet_hours.WAKES, tzinfo=there), True
        of_day[at.astimezone(there).date()] += 1
        if at <= end:
            spread.append(Shown(at=at, what=each.what, step=step, put_off=put_off))
    return sorted(spread, key=lambda each: (each.at, each.step is not None))
