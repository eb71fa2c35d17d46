"""Everybody's time side by side for a week, as the coordinator's grid shows it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ats.calendars.domain import spans
from ats.calendars.domain.spans import DAY, Span
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy
from candidates.scheduling.domain.person import Person
from candidates.scheduling.domain.slots import CIVIL, Search, Slot, all_slots

HALF = timedelta(minutes=30)
OFF, BUSY, FREE = "off", "busy", "free"
SAID = {OFF: gettext_lazy("not at work"), BUSY: gettext_lazy("busy"), FREE: gettext_lazy("free")}
OF_THE_POOL, OF_THE_CANDIDATE = gettext_lazy("Free of the pool"), gettext_lazy("Candidate")
"""The columns that are no person's name."""
USUAL = (9 * 60, 17 * 60)
MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True)
class Cell:
    """Half an hour of one person: free, busy or outside their hours; or how many of a pool are free."""

    state: str
    text: str = ""

    @property
    def said(self) -> str:
        return self.text or str(SAID[self.state])


@dataclass(frozen=True)
class Row:
    """Half an hour of a day, with the time that can be booked in it, if there is one."""

    at: datetime
    slot: Slot | None
    cells: list[Cell]


@dataclass(frozen=True)
class GridDay:
    date: date
    rows: list[Row]

    @property
    def choices(self) -> int:
        return sum(row.slot is not None for row in self.rows)


@dataclass(frozen=True)
class Grid:
    """A week: its days, whose columns there are, and whether anything in it suits."""

    monday: date
    columns: list[Words]
    days: list[GridDay]
    of_the_pool: Words = OF_THE_POOL
    of_the_candidate: Words = OF_THE_CANDIDATE

    @property
    def choices(self) -> int:
        return sum(day.choices for day in self.days)

    @property
    def last(self) -> date:
        return self.days[-1].date if self.days else self.monday


def grid(search: Search, *, monday: date | None, zone: tzinfo, given: list[Span] | None = None) -> Grid:
    """The week from this Monday in the viewer's zone, or the first in which something suits.

    `given` are the times at which the candidate can.
    """
    fixed = sorted({user for need in search.needs for user in need.fixed})
    pool = sorted(
        {place.user_id for need in search.needs if need.from_pool for place in need.pool} - set(fixed)
    )
    people = [search.people[user] for user in fixed if user in search.people]
    pooled = [search.people[user] for user in pool if user in search.people]
    found = all_slots(search)
    slots = _by_half_hour(found)
    monday = monday or monday_of((found[0].starts_at if found else search.since).astimezone(zone).date())
    opens, closes = _range(people + pooled, zone)
    columns: list[Words] = [str(person.user) for person in people]
    if pooled:
        columns.append(OF_THE_POOL)
    columns.append(OF_THE_CANDIDATE)
    elsewhere = search.candidate != zone
    days = []
    for offset in range(7):
        day = monday + offset * DAY
        rows = [
            Row(start, slots.get(start), _cells(start, people, pooled, search, given, elsewhere=elsewhere))
            for start, _ in _halves(day, opens, closes, zone)
        ]
        if offset < 5 or any(row.slot for row in rows):
            days.append(GridDay(day, rows))
    return Grid(monday, columns, days)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _halves(day: date, opens: int, closes: int, zone: tzinfo) -> list[Span]:
    """The half hours of a day between two times on the wall; none that the clock leaves out."""
    found = []
    for start, end in spans.on_the_wall(day, opens, closes, zone):
        at = start
        while at < end:
            found.append((at, at + HALF))
            at += HALF
    return found


def _range(people: list[Person], zone: tzinfo) -> tuple[int, int]:
    """From which minute of the day to which anybody works, by the viewer's clock, in whole hours."""
    opens, closes = USUAL
    for person in people:
        for start, end in person.hours:
            first, last = start.astimezone(zone), end.astimezone(zone)
            if first.date() != last.date():
                return 0, MINUTES_OF_A_DAY
            opens = min(opens, first.hour * 60)
            closes = max(closes, -(-(last.hour * 60 + last.minute) // 60) * 60)
    return opens, closes


def _by_half_hour(slots: list[Slot]) -> dict[datetime, Slot]:
    """One time in each half hour: the full or half hour itself if it suits."""
    found: dict[datetime, Slot] = {}
    for slot in slots:
        start = slot.starts_at.replace(minute=slot.starts_at.minute // 30 * 30)
        found.setdefault(start, slot)
    return found


def _cells(
    start: datetime,
    people: list[Person],
    pooled: list[Person],
    search: Search,
    given: list[Span] | None,
    *,
    elsewhere: bool,
) -> list[Cell]:
    end = start + HALF
    cells = [Cell(_state(person, start, end)) for person in people]
    if pooled:
        states = [_state(person, start, end) for person in pooled]
        free = states.count(FREE)
        cells.append(Cell(FREE, str(free)) if free else Cell(BUSY if BUSY in states else OFF))
    cells.append(_of_candidate(start, end, search, given, elsewhere=elsewhere))
    return cells


def _state(person: Person, start: datetime, end: datetime) -> str:
    if spans.holds(person.free, start, end):
        return FREE
    return BUSY if spans.both([(start, end)], person.hours) else OFF


def _of_candidate(
    start: datetime, end: datetime, search: Search, given: list[Span] | None, *, elsewhere: bool
) -> Cell:
    """Whether the candidate can; their own time where they are elsewhere."""
    local = start.astimezone(search.candidate)
    text = f"{local:%H:%M}" if elsewhere else ""
    if spans.both([(start, end)], search.taken):
        return Cell(BUSY, text)
    if given is not None:
        return Cell(FREE if spans.holds(given, start, end) else OFF, text)
    return Cell(FREE if CIVIL[0] <= local.hour < CIVIL[1] else OFF, text)
