"""Which times suit everybody: one person, a panel, some of a pool, several interviews in a row. Pure.

What is known of people comes in (see `queries/availability.py`), slots come out. A slot is found by its key alone, the
moments at which its interviews begin: who takes part is chosen when it is booked, by who has least to do then.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from functools import cached_property

from ats.calendars.domain import spans
from ats.calendars.domain.spans import MINUTE, Span
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.scheduling.domain.person import Person

MOST, PER_DAY = 60, 8
"""How many slots are offered at most: a choice that fits on a page, and something on each day."""
CIVIL = (7, 21)
"""From which hour to which a candidate is offered times where they live, if there are any."""
KEY = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class PoolPlace:
    """Somebody of a pool who could take part."""

    member_id: int
    user_id: int
    weekly_limit: int
    since: date
    """From this day on: trained by then, and no longer paused."""


@dataclass(frozen=True)
class Need:
    """One interview that wants a time: who must take part, and how many of which pool beside them."""

    planned_id: int | None
    name: str
    minutes: int
    fixed: tuple[int, ...]
    pool: tuple[PoolPlace, ...] = ()
    from_pool: int = 0
    prefer: frozenset[int] = frozenset()
    """Those of the pool who have it already, when it is moved."""
    members: Mapping[int, int] = field(default_factory=dict)
    """Which of the fixed take part as members of a pool: pool member by user."""

    @property
    def length(self) -> timedelta:
        return self.minutes * MINUTE

    @cached_property
    def user_ids(self) -> frozenset[int]:
        return frozenset(self.fixed) | {place.user_id for place in self.pool}


@dataclass(frozen=True)
class Meeting:
    """One interview at a time that suits, with whom."""

    need: Need
    starts_at: datetime
    user_ids: tuple[int, ...]
    members: Mapping[int, int] = field(default_factory=dict)
    """As whose member of a pool somebody takes part: pool member by user."""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.need.length


@dataclass(frozen=True)
class Slot:
    """A time that suits: one meeting, or several in a row."""

    meetings: tuple[Meeting, ...]

    @property
    def starts_at(self) -> datetime:
        return self.meetings[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.meetings[-1].ends_at

    @property
    def key(self) -> str:
        return key_of(meeting.starts_at for meeting in self.meetings)


@dataclass(frozen=True)
class Search:
    """Everything that decides which times suit."""

    needs: tuple[Need, ...]
    people: Mapping[int, Person]
    since: datetime
    until: datetime
    office: tzinfo
    candidate: tzinfo
    taken: list[Span] = field(default_factory=list)
    """When the candidate has other interviews."""
    within: list[Span] | None = None
    """When the candidate said they can; None where they have not been asked."""
    shortest_break: timedelta = timedelta()
    longest_break: timedelta = timedelta(minutes=30)

    @cached_property
    def open(self) -> list[Span]:
        """When the candidate can be asked to come at all."""
        whole = spans.without([(self.since, self.until)], self.taken) if self.since < self.until else []
        return whole if self.within is None else spans.both(whole, self.within)


def key_of(starts: Iterable[datetime]) -> str:
    return "-".join(start.astimezone(UTC).strftime(KEY) for start in starts)


def starts_of(key: str) -> list[datetime]:
    """The moments in a slot's key; `Invalid` for what is none."""
    try:
        starts = [datetime.strptime(part, KEY).replace(tzinfo=UTC) for part in key.split("-")]
    except ValueError:
        starts = []
    # At the ends of the calendar there are zones in which such a moment has no date.
    if not starts or not all(1 < start.year < MAXYEAR for start in starts):
        raise Invalid(gettext("Choose one of the times."), field="slot")
    return starts


def free_slots(search: Search, *, most: int = MOST, per_day: int = PER_DAY) -> list[Slot]:
    """Times that suit everybody, spread over the days, soonest first."""
    found = all_slots(search)
    civil = [slot for slot in found if _is_civil(slot, search.candidate)]
    return _spread(civil or found, search.candidate, most=most, per_day=per_day)


def all_slots(search: Search) -> list[Slot]:
    """Every quarter of an hour that suits everybody."""
    return _Finder(search).all()


def slot_at(search: Search, starts: Sequence[datetime]) -> Slot | None:
    """The slot whose meetings begin at these moments, if it suits; who takes part is chosen now."""
    return _Finder(search).at(starts)


def _is_civil(slot: Slot, zone: tzinfo) -> bool:
    start, end = slot.starts_at.astimezone(zone), (slot.ends_at - MINUTE).astimezone(zone)
    return CIVIL[0] <= start.hour and end.hour < CIVIL[1] and start.date() == end.date()


def _spread(slots: list[Slot], zone: tzinfo, *, most: int, per_day: int) -> list[Slot]:
    """Some of each day, full and half hours before quarters, evenly from morning to evening."""
    days: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.starts_at.astimezone(zone).date()].append(slot)
    chosen: list[Slot] = []
    for day in sorted(days):
        chosen += _some(days[day], min(per_day, most - len(chosen)))
    return chosen


def _some(slots: list[Slot], count: int) -> list[Slot]:
    if len(slots) <= count:
        return slots
    round_ones = [slot for slot in slots if slot.starts_at.minute % 30 == 0]
    pool = round_ones if len(round_ones) >= count else slots
    return [pool[place * len(pool) // count] for place in range(count)]


class _Finder:
    """Looks for slots, remembering what it found out about each person and each place in the row."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self._known: dict[tuple[int, datetime, frozenset[int]], tuple[Meeting, ...] | None] = {}
        self._ahead = [
            frozenset[int]().union(*(need.user_ids for need in search.needs[place:]))
            for place in range(len(search.needs) + 1)
        ]

    @cached_property
    def _starts(self) -> list[dict[datetime, list[PoolPlace]]]:
        return [self._starts_of(need) for need in self.search.needs]

    @cached_property
    def _sorted(self) -> list[list[datetime]]:
        return [sorted(starts) for starts in self._starts]

    def all(self) -> list[Slot]:
        if not self.search.needs:  # everything that was asked for is booked
            return []
        found = []
        for start in self._sorted[0]:
            row = self._row_from(0, start, frozenset())
            if row is not None:
                found.append(Slot(row))
        return found

    def at(self, starts: Sequence[datetime]) -> Slot | None:
        if not starts or len(starts) != len(self.search.needs):
            return None
        used: frozenset[int] = frozenset()
        meetings: list[Meeting] = []
        for place, start in enumerate(starts):
            if meetings and not self._follows(meetings[-1], start):
                return None
            meeting = self._meeting(place, start, used)
            if meeting is None:
                return None
            meetings.append(meeting)
            used |= set(meeting.user_ids)
        return Slot(tuple(meetings))

    def _follows(self, before: Meeting, start: datetime) -> bool:
        pause, office = start - before.ends_at, self.search.office
        same_day = start.astimezone(office).date() == before.starts_at.astimezone(office).date()
        return same_day and self.search.shortest_break <= pause <= self.search.longest_break

    def _starts_of(self, need: Need) -> dict[datetime, list[PoolPlace]]:
        """Every quarter at which those who must can, with whoever of the pool can too, if they are enough."""
        everybody = self.search.open
        for user in need.fixed:
            everybody = spans.both(everybody, self._free(user))
        if not need.from_pool:
            return {start: [] for start in spans.quarters(everybody, need.length)}
        starts: dict[datetime, list[PoolPlace]] = defaultdict(list)
        for place in need.pool:
            if place.user_id in need.fixed:
                continue
            theirs = spans.both(everybody, self._free(place.user_id))
            for start in spans.quarters(theirs, need.length):
                if self._may(place, start):
                    starts[start].append(place)
        return {start: places for start, places in starts.items() if len(places) >= need.from_pool}

    def _free(self, user: int) -> list[Span]:
        person = self.search.people.get(user)
        return person.free if person else []

    def _may(self, place: PoolPlace, start: datetime) -> bool:
        """Trained and back by that day, and not at the limit of that week."""
        person = self.search.people[place.user_id]
        if start.astimezone(person.user.zone).date() < place.since:
            return False
        return person.shares[place.member_id, person.week(start)] < place.weekly_limit

    def _meeting(self, place: int, start: datetime, used: frozenset[int]) -> Meeting | None:
        """This interview of the row at this time, with the least loaded of the pool who are not `used`."""
        places = self._starts[place].get(start)
        if places is None:
            return None
        need = self.search.needs[place]
        rest = [each for each in places if each.user_id not in used]
        chosen = sorted(rest, key=lambda each: self._burden(each, start, need))[: need.from_pool]
        if len(chosen) < need.from_pool:
            return None
        members = {each.user_id: each.member_id for each in chosen}
        return Meeting(need, start, (*need.fixed, *members), {**need.members, **members})

    def _burden(self, place: PoolPlace, start: datetime, need: Need) -> tuple[bool, int, int, int, int]:
        burden = self.search.people[place.user_id].burden(start)
        return (place.user_id not in need.prefer, *burden, place.user_id)

    def _row_from(self, place: int, start: datetime, used: frozenset[int]) -> tuple[Meeting, ...] | None:
        """The rest of the row from here on with as little waiting as can be, or None."""
        known = (place, start, used & self._ahead[place])
        if known not in self._known:
            self._known[known] = self._look(place, start, used)
        return self._known[known]

    def _look(self, place: int, start: datetime, used: frozenset[int]) -> tuple[Meeting, ...] | None:
        meeting = self._meeting(place, start, used)
        if meeting is None or place + 1 == len(self.search.needs):
            return (meeting,) if meeting else None
        starts = self._sorted[place + 1]
        first = bisect_left(starts, meeting.ends_at + self.search.shortest_break)
        for following in starts[first:]:
            if not self._follows(meeting, following):
                break
            rest = self._row_from(place + 1, following, used | set(meeting.user_ids))
            if rest is not None:
                return (meeting, *rest)
        return None
