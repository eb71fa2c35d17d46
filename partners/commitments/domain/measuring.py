"""From what happened to what was kept: pure, so that measuring again gives the same rows.

Nothing here reads the database or the clock. `measure` takes the facts up to now, the versions of the
agreement, the working calendar and the moment, and gives the commitments as they stand.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.obligations import (
    ESCALATED,
    EXCUSED,
    Fact,
    Occasion,
    Story,
    Wait,
    earliest,
)
from partners.commitments.domain.passes import Pass, passes_of
from partners.commitments.models import CommitmentState
from partners.partnerships.domain.terms import Unit


@dataclass(frozen=True)
class Version:
    """A version of the agreement: from when it binds (None: the defaults, from the start) and its terms.

    `times` maps each kind to its working days or hours, `terms` to the row that says so; what is done up to
    `grace` working days after its time still counts as kept.
    """

    since: datetime | None
    times: dict[str, int]
    terms: dict[str, int]
    grace: int = 0


class Measured(NamedTuple):
    """A commitment as it stands: the fields of its row."""

    key: str
    kind: str
    side: str
    application_id: int | None
    applications: list[int]
    term_id: int | None
    state: str
    started_at: datetime
    started_by: int
    due_at: datetime
    until_at: datetime
    settled_at: datetime | None
    settled_by: int | None
    hours_late: float
    over_at: datetime | None
    court: str
    passes: list[Pass]
    excused_by: int | None
    escalated_at: datetime | None


@dataclass(frozen=True)
class Rules:
    """What an occasion is measured by: the versions of the agreement, the calendar, and the moment."""

    versions: Sequence[Version]
    calendar: WorkingCalendar
    now: datetime


@dataclass(frozen=True)
class Said:
    """What was said of single occasions, by their keys: the first excuse of each, and that it went up the line."""

    excused: Mapping[str, Fact]
    escalated: Mapping[str, Fact]

    @classmethod
    def of(cls, story: Story) -> "Said":
        return cls(
            *({fact.data["key"]: fact for fact in story.every(verb)[::-1]} for verb in (EXCUSED, ESCALATED))
        )


def measure(
    facts: Iterable[Fact], *, versions: Sequence[Version], calendar: WorkingCalendar, now: datetime
) -> list[Measured]:
    """The commitments of one requisition at `now`, by kind and in the order in which they arose."""
    story, rules = Story(fact for fact in facts if fact.at <= now), Rules(versions, calendar, now)
    said, promised = Said.of(story), {code for version in versions for code in version.times}
    measured = []
    for kind in KINDS.values():
        for occasion in kind.find(story) if kind.code in promised else ():
            row = _measure(occasion, rules, said)
            if row is not None:
                measured.append(row)
    return measured


def _measure(occasion: Occasion, rules: Rules, said: Said) -> Measured | None:
    calendar, end = rules.calendar, _end(occasion)
    away = [each[:2] for each in occasion.away]
    waits = merged(away, start=occasion.started.at, end=end.at if end else None) if away else []
    found = _due(occasion, waits, rules, end=end.at if end else rules.now)
    if found is None:
        return None
    version, due = found
    until = counts_until(calendar, due, version.grace, waits)
    state = _state(occasion, end, waits, until=until, now=rules.now)
    settled = end if state in _SETTLED else None
    over = end if state is CommitmentState.MISSED else None
    late = (
        running_hours(calendar, due, settled.at, waits) if settled and state == CommitmentState.LATE else 0.0
    )
    excuse = said.excused.get(occasion.key) if state in EXCUSABLE else None
    if excuse is not None:
        state, settled, over = CommitmentState.EXCUSED, settled or excuse, None
    escalated = said.escalated.get(occasion.key)
    side = KINDS[occasion.kind].term.side.value
    over_with = end or excuse
    passed = passes_of(
        occasion.away, side=side, start=occasion.started.at, end=over_with.at if over_with else None
    )
    open_still = state in OPEN and over is None
    return Measured(
        key=occasion.key,
        kind=occasion.kind,
        side=side,
        application_id=occasion.application_id,
        applications=_about(occasion),
        term_id=version.terms[occasion.kind],
        state=state.value,
        started_at=occasion.started.at,
        started_by=occasion.started.id,
        due_at=due,
        until_at=until,
        settled_at=settled.at if settled else None,
        settled_by=settled.id if settled else None,
        hours_late=late,
        over_at=over.at if over else None,
        court=passed[-1][1] if open_still else "",
        passes=passed,
        excused_by=excuse.id if excuse else None,
        escalated_at=escalated.at if escalated else None,
    )


OPEN = {CommitmentState.DUE, CommitmentState.WAITING, CommitmentState.MISSED}
EXCUSABLE = {*OPEN, CommitmentState.LATE}
"""What can be excused: what was kept, or fell away, needs no excuse."""
_SETTLED = {CommitmentState.KEPT, CommitmentState.LATE, CommitmentState.RELEASED}


def _about(occasion: Occasion) -> list[int]:
    return [occasion.application_id] if occasion.application_id is not None else list(occasion.about)


def _end(occasion: Occasion) -> Fact | None:
    """What happened first: that it was done, that it fell away, or that it could not be done any more."""
    return earliest(occasion.settled, occasion.released, occasion.lost)


def _state(
    occasion: Occasion, end: Fact | None, waits: Sequence[Wait], *, until: datetime, now: datetime
) -> CommitmentState:
    if end is not None and end is occasion.settled:
        return CommitmentState.KEPT if end.at <= until else CommitmentState.LATE
    if end is not None and end is not occasion.lost and end.at <= until:
        return CommitmentState.RELEASED
    # What was missed is not washed away by the end of the role or of the candidacy.
    if end is None and any(begin <= until and ends is None for begin, ends in waits):
        return CommitmentState.WAITING
    return CommitmentState.DUE if now <= until and end is None else CommitmentState.MISSED


def counts_until(calendar: WorkingCalendar, due: datetime, grace: int, waits: Sequence[Wait]) -> datetime:
    """Up to when it counts as kept: the grace of the agreement in working time, and the night after it.

    No working time passes between the end of a Friday and the Monday morning, so nothing gets late before work
    begins again.
    """
    if grace:
        later = [wait for wait in waits if wait[0] > due]
        due = due_in_hours(calendar, due, grace * working_time.hours_of_a_day(calendar), later)
    resumes = working_time.resumes(calendar, due)
    return due if resumes == due else resumes - timedelta(seconds=1)


def _due(
    occasion: Occasion, waits: Sequence[Wait], rules: Rules, *, end: datetime
) -> tuple[Version, datetime] | None:
    """By the version that bound when the clock started, or by one accepted while there was time left.

    A shorter time never ends before the day on which it was agreed. None where no term binds it: what a version
    does not promise any more is not owed from then on.
    """
    start = occasion.started.at
    found: tuple[Version, datetime] | None = None
    for version in rules.versions:
        time, early = version.times.get(occasion.kind), version.since is None or version.since <= start
        if time is None:
            found = None if early else found
        elif early:
            found = version, _timed(occasion, start, time, waits, rules)
        elif version.since is None:  # never: said for the types
            continue
        elif found is None:
            found = version, _timed(occasion, version.since, time, waits, rules)
        elif version.since <= min(found[1], end):
            floor = working_time.after_days(rules.calendar, version.since, 0)
            due = _timed(occasion, start, time, waits, rules)
            found = version, due if occasion.before else max(due, floor)
    return found


def _timed(occasion: Occasion, start: datetime, time: int, waits: Sequence[Wait], rules: Rules) -> datetime:
    """When its time is over, counted from `start`, or back from what it has to be done ahead of."""
    if occasion.before is not None:
        return max(start, working_time.hours_before(rules.calendar, occasion.before, time))
    due = due_at if KINDS[occasion.kind].term.unit is Unit.DAYS else due_in_hours
    return due(rules.calendar, start, time, waits)


def due_in_hours(calendar: WorkingCalendar, start: datetime, hours: float, waits: Sequence[Wait]) -> datetime:
    """When so many working hours have passed, those in a wait not counted."""
    due = working_time.after_hours(calendar, start, hours)
    for begin, until in waits:
        if until is None or begin > due:
            break
        if lost := working_time.hours_between(calendar, begin, until):
            due = working_time.after_hours(calendar, due, lost)
    return due


def due_at(calendar: WorkingCalendar, start: datetime, days: int, waits: Sequence[Wait]) -> datetime:
    """The end of the working day on which the time is over; every working day begun in a wait adds one.

    During a wait that has not ended, it is the time at which it would have been over without it.
    """
    due = working_time.after_days(calendar, start, days)
    for begin, until in waits:
        if until is None or begin > due:
            break
        lost = math.ceil(
            working_time.hours_between(calendar, begin, until) / working_time.hours_of_a_day(calendar) - 1e-6
        )
        if lost:
            due = working_time.after_days(calendar, due - timedelta(minutes=1), lost)
    return due


def merged(waits: Iterable[Wait], *, start: datetime, end: datetime | None) -> list[Wait]:
    """Waits between start and end, in their order, those that overlap made one."""
    result: list[Wait] = []
    for begin, until in sorted(waits, key=lambda wait: wait[0]):
        begins = max(begin, start)
        ends = min(filter(None, (until, end)), default=None)
        if ends is not None and ends <= begins:
            continue
        if result and (result[-1][1] is None or begins <= result[-1][1]):
            before = result[-1]
            longer = None if before[1] is None or ends is None else max(before[1], ends)
            result[-1] = (before[0], longer)
        else:
            result.append((begins, ends))
    return result


def running_hours(calendar: WorkingCalendar, start: datetime, end: datetime, waits: Sequence[Wait]) -> float:
    """Working hours between two moments, without those in which the clock stood still."""
    hours = working_time.hours_between(calendar, start, end)
    for begin, until in waits:
        hours -= working_time.hours_between(calendar, max(begin, start), min(until or end, end))
    return round(max(hours, 0.0), 2)
