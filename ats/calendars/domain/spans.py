"""Stretches of time as plain data: joining, cutting, overlapping, and where the wall clock lies in them. Pure.

A span is a pair of moments in UTC, its end not included. Lists of spans are sorted and do not touch. Wall
times become moments before anything is computed, so that a change of the clock can neither lose nor double an
hour: a span of working hours is exactly the moments at which a clock on the wall there shows working time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Span = tuple[datetime, datetime]

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEP = timedelta(minutes=15)
EARLIEST, LATEST = timedelta(hours=-15), timedelta(hours=37)
"""A day lies between these, counted from its midnight in UTC, wherever on earth it is."""


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time as sorted spans that neither overlap nor touch; empty ones fall away."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def both(left: list[Span], right: list[Span]) -> list[Span]:
    """The time that lies in both."""
    made: list[Span] = []
    here = there = 0
    while here < len(left) and there < len(right):
        start, end = max(left[here][0], right[there][0]), min(left[here][1], right[there][1])
        if start < end:
            made.append((start, end))
        if left[here][1] < right[there][1]:
            here += 1
        else:
            there += 1
    return made


def without(spans: list[Span], busy: list[Span]) -> list[Span]:
    """The time of `spans` that `busy` leaves."""
    made: list[Span] = []
    first = 0
    for begin, end in spans:
        start = begin
        while first < len(busy) and busy[first][1] <= start:
            first += 1
        place = first
        while place < len(busy) and busy[place][0] < end:
            if busy[place][0] > start:
                made.append((start, busy[place][0]))
            start = max(start, busy[place][1])
            place += 1
        if start < end:
            made.append((start, end))
    return made


def widened(spans: Iterable[Span], by: timedelta) -> list[Span]:
    return joined((start - by, end + by) for start, end in spans)


def holds(spans: list[Span], start: datetime, end: datetime) -> bool:
    """Whether one span holds all of the time from start to end."""
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return place >= 0 and end <= spans[place][1]


def quarters(spans: Iterable[Span], length: timedelta) -> Iterator[datetime]:
    """Every quarter of an hour at which something of this length can begin within one of the spans.

    Every zone of today differs from UTC by whole quarters: a quarter here is one on every wall.
    """
    for start, end in spans:
        into = timedelta(minutes=start.minute % 15, seconds=start.second, microseconds=start.microsecond)
        at = start - into + STEP if into else start
        while at + length <= end:
            yield at
            at += STEP


def day_of(day: date, zone: tzinfo) -> Span:
    """The whole of a day there: 23 or 25 hours when the clock changes."""
    return first_moment(day, zone), first_moment(day + DAY, zone)


def first_moment(day: date, zone: tzinfo) -> datetime:
    """When the day begins there; where the clock jumps at midnight, after the jump."""
    return on_the_wall(day, 0, 24 * 60, zone)[0][0]


def on_the_wall(day: date, opens: int, closes: int, zone: tzinfo) -> list[Span]:
    """The moments of this day at which the wall clock shows at least `opens` and less than `closes`, in minutes.

    Mostly one span. Hours that the clock leaves out are in none, hours that it shows twice are in it twice.
    """
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    before, after = _offset(midnight + EARLIEST, zone), _offset(midnight + LATEST, zone)
    start, end = midnight + opens * MINUTE, midnight + closes * MINUTE
    if before == after:
        return joined([(start - before, end - before)])
    change = _change(midnight + EARLIEST, midnight + LATEST, before, zone)
    return joined([(start - before, min(end - before, change)), (max(start - after, change), end - after)])


def exists(wall: datetime, zone: tzinfo) -> bool:
    """Whether a clock there ever shows this time; some are left out when summer time begins."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(start: datetime, end: datetime, before: timedelta, zone: tzinfo) -> datetime:
    """The moment between these two from which the clock there goes otherwise."""
    while end - start > MINUTE:
        middle = (start + (end - start) // 2).replace(second=0, microsecond=0)
        if _offset(middle, zone) == before:
            start = middle
        else:
            end = middle
    return end
