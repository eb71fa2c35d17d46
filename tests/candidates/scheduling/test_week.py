"""Everybody's time side by side: the coordinator's week, half hour by half hour. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ats.accounts.models import User
from ats.calendars.domain import spans
from candidates.scheduling.domain import week
from candidates.scheduling.domain.person import Person
from candidates.scheduling.domain.slots import Need, PoolPlace, Search
from candidates.scheduling.domain.week import BUSY, FREE, OFF, Cell, grid

MONDAY = date(2026, 11, 23)


def at(hour, minute=0, *, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def person(number, *hours, busy=()):
    hours, busy = list(hours), list(busy)
    user = User(pk=number, name=f"Person {number}", time_zone="UTC")
    return Person(user, hours, busy, spans.without(hours, busy))


def search(people, *, fixed=(1,), pool=(), from_pool=0, minutes=60, **facts):
    need = Need(
        1,
        "Interview",
        minutes,
        tuple(fixed),
        tuple(PoolPlace(100 + user, user, 9, date(2026, 1, 1)) for user in pool),
        from_pool,
    )
    facts = {"since": at(0, day=23), "until": at(0, day=30), "office": UTC, "candidate": UTC} | facts
    return Search(needs=(need,), people={each.user.pk: each for each in people}, **facts)


def shown(wanted, *, zone=UTC, **facts):
    return grid(wanted, monday=facts.pop("monday", MONDAY), zone=zone, **facts)


def day_of(found, day):
    (one,) = [each for each in found.days if each.date.day == day]
    return one


def cells(found, moment):
    return [cell for row in day_of(found, moment.day).rows if row.at == moment for cell in row.cells]


WORK = (at(9), at(17))


def test_a_column_for_each_who_must_one_for_the_pool_and_one_for_the_candidate():
    people = [person(number, WORK) for number in (3, 1, 2, 4)]
    found = shown(search(people, fixed=(2, 1), pool=(3, 4, 1), from_pool=1))
    assert found.columns == ["Person 1", "Person 2", "Free of the pool", "Candidate"]
    assert shown(search(people, fixed=(2, 9), pool=(3,))).columns == ["Person 2", "Candidate"]


def test_half_hours_are_free_busy_or_not_at_work():
    people = [
        person(1, WORK, busy=[(at(10, 15), at(11))]),
        person(2, (at(9), at(11))),
        person(3, (at(9), at(12)), busy=[(at(9), at(10))]),
    ]
    found = shown(search(people, pool=(2, 3), from_pool=1))
    nobody, one, two = Cell(OFF), Cell(FREE, "1"), Cell(FREE, "2")
    free = Cell(FREE)
    assert [cells(found, at(9)), cells(found, at(10)), cells(found, at(10, 30)), cells(found, at(11))] == [
        [free, one, free],
        [Cell(BUSY), two, free],
        [Cell(BUSY), two, free],
        [free, one, free],
    ]
    assert cells(found, at(12)) == [free, nobody, free]
    taken = shown(search([person(1, WORK), person(3, WORK, busy=[WORK])], pool=(3,), from_pool=1))
    assert cells(taken, at(12)) == [free, Cell(BUSY), free]
    assert [Cell(OFF).said, Cell(BUSY).said, free.said, two.said] == ["not at work", "busy", "free", "2"]


def test_a_half_hour_offers_the_time_that_begins_with_it_or_within_it():
    found = shown(search([person(1, (at(9, 15), at(10, 30)), (at(12), at(13)))]))
    rows = day_of(found, 24).rows
    assert [(row.at, row.slot.starts_at) for row in rows if row.slot] == [
        (at(9), at(9, 15)),
        (at(9, 30), at(9, 30)),
        (at(12), at(12)),
    ]
    assert (day_of(found, 24).choices, day_of(found, 25).choices, found.choices) == (3, 0, 3)


def test_it_begins_with_the_week_in_which_something_suits():
    later = [person(1, (at(9, day=24), at(9, 30, day=24)), (at(12, day=29), at(13, day=29)))]
    assert grid(search(later), monday=None, zone=UTC).monday == MONDAY
    # On Sunday at noon it is Monday already in the islands.
    islands = ZoneInfo("Pacific/Kiritimati")
    assert grid(search(later), monday=None, zone=islands).monday == date(2026, 11, 30)
    early = search(later, since=at(0, day=16), until=at(0, day=17))
    assert grid(early, monday=None, zone=UTC).monday == date(2026, 11, 16)
    assert grid(search(later), monday=date(2026, 12, 7), zone=UTC).monday == date(2026, 12, 7)
    assert week.monday_of(date(2026, 11, 29)) == MONDAY


def test_the_weekend_is_shown_where_something_suits():
    assert [day.date.day for day in shown(search([person(1, WORK)])).days] == [23, 24, 25, 26, 27]
    saturday = shown(search([person(1, (at(9, day=28), at(10, day=28)))]))
    assert [day.date.day for day in saturday.days] == [23, 24, 25, 26, 27, 28]
    assert (saturday.last, saturday.monday) == (date(2026, 11, 28), MONDAY)


@pytest.mark.parametrize(
    ("hours", "first", "last"),
    [
        ((at(10), at(16)), at(9), at(16, 30)),
        ((at(7, 30), at(18, 15)), at(7), at(18, 30)),
        ((at(8), at(18)), at(8), at(17, 30)),
        ((at(20), at(2, day=25)), at(0), at(23, 30)),
    ],
)
def test_the_day_is_as_long_as_anybody_works_in_whole_hours(hours, first, last):
    rows = day_of(shown(search([person(1, hours)])), 24).rows
    assert (rows[0].at, rows[-1].at) == (first, last)
    assert [row.at for row in rows] == [first + n * week.HALF for n in range(len(rows))]
    pool = day_of(shown(search([person(1, WORK), person(2, hours)], pool=(2,), from_pool=1)), 24).rows
    assert (pool[0].at, pool[-1].at) == (first, last)


def test_it_is_the_viewers_day():
    zone = ZoneInfo("America/New_York")
    rows = day_of(shown(search([person(1, (at(12), at(20)))]), zone=zone), 24).rows
    assert rows[0].at == datetime(2026, 11, 24, 7, tzinfo=zone)
    assert len(rows) == 20  # from seven to five


def test_the_candidate_can_by_day_and_not_when_they_have_another_interview():
    early_and_late = [person(1, (at(5), at(23)))]
    found = shown(search(early_and_late, taken=[(at(12), at(12, 15))]))
    assert [cells(found, at(*when))[-1] for when in [(6, 30), (7,), (12,), (12, 30), (20, 30), (21,)]] == [
        Cell(OFF), Cell(FREE), Cell(BUSY), Cell(FREE), Cell(FREE), Cell(OFF),
    ]  # fmt: skip


def test_what_they_said_goes_before_and_elsewhere_their_own_time_stands_there():
    wanted = search([person(1, WORK)], candidate=ZoneInfo("Asia/Tokyo"))
    found = shown(wanted, given=[(at(9), at(10))])
    assert [cells(found, at(9))[-1], cells(found, at(10))[-1]] == [Cell(FREE, "18:00"), Cell(OFF, "19:00")]
    assert cells(shown(wanted), at(12))[-1] == Cell(OFF, "21:00")
    assert cells(shown(search([person(1, WORK)], taken=[WORK]), given=[WORK]), at(9))[-1] == Cell(BUSY)


def test_on_the_night_the_clock_goes_back_no_half_hour_is_lost():
    berlin = ZoneInfo("Europe/Berlin")
    night = [person(1, (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)))]
    wanted = search(night, since=datetime(2026, 10, 19, tzinfo=UTC), until=datetime(2026, 10, 26, tzinfo=UTC))
    found = grid(wanted, monday=date(2026, 10, 19), zone=berlin)
    rows = day_of(found, 25).rows
    assert len({row.at.astimezone(UTC) for row in rows}) == len(rows)
    assert rows[-1].at.astimezone(UTC) - rows[0].at.astimezone(UTC) == timedelta(hours=24.5)
