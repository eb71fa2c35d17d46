"""Which times suit: against looking at every quarter of an hour of every person one by one. Pure."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.kernel.errors import Invalid
from candidates.scheduling.domain.person import Person
from candidates.scheduling.domain.slots import (
    Need,
    PoolPlace,
    Search,
    all_slots,
    free_slots,
    key_of,
    slot_at,
    starts_of,
)

steady = settings(max_examples=60)

DAY = datetime(2026, 11, 24, tzinfo=UTC)
QUARTERS = [DAY + n * spans.STEP for n in range(24 * 4)]
MONDAY = date(2026, 11, 23)


def at(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def person(number, *free, loads=0, shares=None, zone="UTC"):
    open_ = spans.joined(free)
    user = User(pk=number, name=f"Person {number}", time_zone=zone)
    return Person(user, open_, [], open_, Counter({MONDAY: loads}), Counter(shares or {}))


def search(needs, people, **facts):
    facts = {"since": DAY, "until": DAY + timedelta(days=7), "office": UTC, "candidate": UTC} | facts
    return Search(needs=tuple(needs), people={each.user.pk: each for each in people}, **facts)


def members(*users, limit=4, since=date(2026, 1, 1)):
    return tuple(PoolPlace(100 + user, user, limit, since) for user in users)


def need(minutes=60, fixed=(), pool=(), from_pool=0, prefer=(), number=1):
    return Need(
        number, f"Interview {number}", minutes, tuple(fixed), tuple(pool), from_pool, frozenset(prefer)
    )


hour = st.integers(0, 47).map(lambda half: DAY + half * timedelta(minutes=30))
free = st.lists(st.tuples(hour, hour), max_size=4).map(spans.joined)


@steady
@given(st.lists(free, min_size=4, max_size=4), st.sampled_from([30, 45, 90]), st.integers(0, 2), free)
def test_a_panel_of_fixed_people_and_some_of_a_pool(times, minutes, from_pool, taken):
    people = [person(number, *spans_) for number, spans_ in enumerate(times)]
    wanted = need(minutes, fixed=[0], pool=members(1, 2, 3), from_pool=from_pool)
    found = all_slots(search([wanted], people, taken=taken))
    length = timedelta(minutes=minutes)
    can = {
        start: [n for n, spans_ in enumerate(times) if spans.holds(spans_, start, start + length)]
        for start in QUARTERS
        if not spans.both([(start, start + length)], taken)
    }
    expected = [start for start, who in can.items() if 0 in who and len(who) > from_pool]
    assert [slot.starts_at for slot in found] == expected
    for slot in found:
        (meeting,) = slot.meetings
        assert len(set(meeting.user_ids)) == from_pool + 1
        assert set(meeting.user_ids) <= set(can[slot.starts_at])
        assert set(meeting.members) == set(meeting.user_ids) - {0}


@steady
@given(free, free, free, st.sampled_from([0, 15, 30]), st.sampled_from([0, 30, 60]))
def test_a_row_of_interviews_in_order_with_breaks(first, second, third, shortest, more):
    people = [person(n, *spans_) for n, spans_ in enumerate((first, second, third))]
    needs = [need(30, [0], number=1), need(60, [1], number=2), need(45, [2], number=3)]
    limits = {
        "shortest_break": timedelta(minutes=shortest),
        "longest_break": timedelta(minutes=shortest + more),
    }
    wanted = search(needs, people, **limits)
    found = all_slots(wanted)
    fits = [
        [start for start in QUARTERS if spans.holds(free_, start, start + each.length)]
        for each, free_ in zip(needs, (first, second, third), strict=True)
    ]
    low, high = limits["shortest_break"], limits["longest_break"]
    possible = {
        a
        for a in fits[0]
        if any(
            low <= b - a - needs[0].length <= high
            and any(low <= c - b - needs[1].length <= high and c.date() == a.date() for c in fits[2])
            for b in fits[1]
            if b.date() == a.date()
        )
    }
    assert [slot.starts_at for slot in found] == sorted(possible)
    for slot in found:
        assert slot_at(wanted, starts_of(slot.key)) == slot
        for before, after in pairwise(slot.meetings):
            assert low <= after.starts_at - before.ends_at <= high


@pytest.mark.ordinary_day
def test_the_least_loaded_of_a_pool_is_chosen_and_nobody_above_their_limit():
    day = (at(9), at(17))
    people = [
        person(1, day, loads=3),
        person(2, day, loads=1),
        person(3, day, shares={(103, MONDAY): 2}),  # at their limit
        person(4, day, loads=1),
        person(5, day),  # still to be trained
    ]
    pool = (*members(1, 2, 4), *members(3, limit=2), *members(5, since=date(2026, 12, 1)))
    (first, *_) = all_slots(search([need(pool=pool, from_pool=1)], people))
    assert first.meetings[0].user_ids == (2,)
    assert first.meetings[0].members == {2: 102}
    (two, *_) = all_slots(search([need(pool=pool, from_pool=2)], people))
    assert two.meetings[0].user_ids == (2, 4)
    kept = need(pool=pool, from_pool=1, prefer=[1])
    assert all_slots(search([kept], people))[0].meetings[0].user_ids == (1,)
    assert all_slots(search([need(pool=pool, from_pool=4)], people)) == []


def test_nobody_of_a_pool_has_two_interviews_of_one_row():
    people = [person(1, (at(9), at(12))), person(2, (at(9), at(12)), loads=1)]
    needs = [need(60, pool=members(1, 2), from_pool=1, number=n) for n in (1, 2)]
    found = all_slots(search(needs, people))
    assert [[meeting.user_ids for meeting in slot.meetings] for slot in found] == [[(1,), (2,)]] * 5
    assert all_slots(search([*needs, need(30, pool=members(1, 2), from_pool=1)], people)) == []


def test_what_is_offered_is_spread_over_the_days_and_lies_in_the_waking_day_of_the_candidate():
    days = [(at(7, day=day), at(20, day=day)) for day in (24, 25, 26)]
    wanted = search([need(60, [1])], [person(1, *days)], candidate=ZoneInfo("America/New_York"))
    found = free_slots(wanted)
    assert Counter(slot.starts_at.day for slot in found) == {24: 8, 25: 8, 26: 8}
    assert min(slot.starts_at.hour for slot in found) == 12  # seven in the morning in New York
    assert {slot.starts_at.minute for slot in found} <= {0, 30}
    assert len(free_slots(wanted, most=10)) == 10
    # Where there is nothing else, a time at night is better than none.
    early = search([need(60, [1])], [person(1, *days)], candidate=ZoneInfo("America/Sao_Paulo"), until=at(9))
    assert [slot.starts_at.hour for slot in free_slots(early)] == [7, 7, 7, 7, 8]


def test_a_time_that_no_longer_suits_and_a_key_that_was_made_up():
    wanted = search([need(60, [1])], [person(1, (at(9), at(10)))])
    assert slot_at(wanted, [at(9)]).key == "20261124T0900Z"
    assert slot_at(wanted, [at(9, 15)]) is None
    assert slot_at(wanted, [at(9), at(10)]) is None
    assert slot_at(wanted, [at(9, 7)]) is None


def test_a_key_names_each_beginning_in_a_row_and_reads_back():
    people = [person(1, (at(9), at(11))), person(2, (at(9), at(11)))]
    row = search([need(60, [1], number=1), need(45, [2], number=2)], people)
    [first, *_] = all_slots(row)
    assert first.key == "20261124T0900Z-20261124T1000Z"
    assert starts_of(first.key) == [at(9), at(10)]
    assert (first.starts_at, first.ends_at) == (at(9), at(10, 45))
    assert key_of([datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Tokyo"))]) == "20261124T0000Z"


@pytest.mark.parametrize(
    "key",
    ["", "tomorrow", "20261124T0900Z-", "20261124T0900Z_20261124T1000Z", "00010101T0000Z", "99991231T2359Z"],
)
def test_a_key_that_is_none_is_refused_where_a_time_was_to_be_chosen(key):
    with pytest.raises(Invalid) as refused:
        starts_of(key)
    assert refused.value.field == "slot"


def test_meetings_of_a_row_lie_on_one_day_of_the_office_with_a_break_between_shortest_and_longest():
    day = (at(9), at(17))
    people = [person(1, day), person(2, day)]
    breaks = {"shortest_break": timedelta(minutes=15), "longest_break": timedelta(minutes=45)}
    row = search([need(60, [1], number=1), need(60, [2], number=2)], people, **breaks)
    can = {minute: slot_at(row, [at(9), at(10) + timedelta(minutes=minute)]) for minute in (0, 15, 45, 60)}
    assert {minute: slot is not None for minute, slot in can.items()} == {
        0: False,
        15: True,
        45: True,
        60: False,
    }
    assert [slot.meetings[1].starts_at for slot in all_slots(row)][:2] == [at(10, 15), at(10, 30)]
    # Eleven at night and half past midnight are two days in the office, and one in the candidate's.
    night = [person(1, (at(22), at(12, day=25))), person(2, (at(22), at(12, day=25)))]
    late = search([need(60, [1], number=1), need(60, [2], number=2)], night, until=at(2, day=25))
    assert slot_at(late, [at(23), at(0, day=25)]) is None
    tokyo = search([need(60, [1], number=1), need(60, [2], number=2)], night, office=ZoneInfo("Asia/Tokyo"))
    assert slot_at(tokyo, [at(23), at(0, day=25)]).ends_at == at(1, day=25)


def test_nothing_suits_where_nothing_is_asked_for_or_the_time_is_over():
    people = [person(1, (at(9), at(17)))]
    assert all_slots(search([], people)) == []
    assert slot_at(search([], people), []) is None
    assert all_slots(search([need(60, [1])], people, since=at(12), until=at(12))) == []
    assert all_slots(search([need(60, [1, 9])], people)) == []
    within = search([need(60, [1])], people, within=[(at(10), at(11, 15))], taken=[(at(9), at(9, 45))])
    assert [slot.starts_at for slot in all_slots(within)] == [at(10), at(10, 15)]
    outside = search([need(60, [1])], people, since=at(15, 30))
    assert [slot.starts_at for slot in all_slots(outside)] == [at(15, 30), at(15, 45), at(16)]


@pytest.mark.parametrize(
    ("free", "minutes", "starts"),
    [
        ((at(6), at(8, 15)), 60, [at(7), at(7, 15)]),
        ((at(19, 30), at(22)), 60, [at(19, 30), at(19, 45), at(20)]),  # over by nine in the evening
        ((at(5), at(6, 30)), 60, [at(5), at(5, 15), at(5, 30)]),  # where there is nothing else
    ],
)
def test_a_candidate_is_offered_the_hours_from_seven_to_nine_in_the_evening_if_there_are_any(
    free, minutes, starts
):
    wanted = search([need(minutes, [1])], [person(1, free)])
    assert [slot.starts_at for slot in free_slots(wanted)] == starts


def test_some_of_a_day_are_full_and_half_hours_evenly_over_it_and_quarters_only_where_those_are_few():
    wanted = search([need(30, [1])], [person(1, (at(9), at(13)))])
    assert [slot.starts_at for slot in free_slots(wanted, per_day=4)] == [at(9), at(10), at(11), at(12)]
    few = search([need(30, [1])], [person(1, (at(9), at(10, 30)))])
    assert [slot.starts_at for slot in free_slots(few, per_day=3)] == [at(9), at(9, 30), at(10)]
    assert [slot.starts_at for slot in free_slots(few, per_day=4)] == [at(9), at(9, 15), at(9, 30), at(9, 45)]
    assert [slot.starts_at for slot in free_slots(few, most=0)] == []


@pytest.mark.ordinary_day
def test_of_a_pool_who_is_trained_by_the_day_and_below_the_limit_of_the_week_where_they_live():
    people = [person(1, (at(9), at(10)), shares={(101, MONDAY): 3}, zone="Pacific/Kiritimati")]

    def found(**facts):
        return len(all_slots(search([need(60, pool=members(1, **facts), from_pool=1)], people)))

    assert [found(limit=4), found(limit=3)] == [1, 0]
    # At nine in London it is the 24th there, and eleven at night.
    assert [found(since=date(2026, 11, 24)), found(since=date(2026, 11, 25))] == [1, 0]


def test_of_those_with_the_same_week_the_one_with_fewer_interviews_at_all_is_chosen():
    busy, fresh = person(1, (at(9), at(10)), loads=1), person(2, (at(9), at(10)), loads=1)
    busy.loads[date(2026, 11, 30)] = 2
    wanted = search([need(pool=members(1, 2), from_pool=1)], [busy, fresh])
    assert all_slots(wanted)[0].meetings[0].user_ids == (2,)


def test_who_takes_part_as_a_member_of_a_pool_is_said_for_all_of_them():
    fixed = Need(1, "Interview", 60, (1,), members(2), 1, members={1: 101})
    wanted = search([fixed], [person(1, (at(9), at(10))), person(2, (at(9), at(10)))])
    [slot] = all_slots(wanted)
    assert (slot.meetings[0].user_ids, slot.meetings[0].members) == ((1, 2), {1: 101, 2: 102})
    # Who must take part anyway is nobody of the pool besides.
    twice = Need(1, "Interview", 60, (1,), members(1), 1)
    assert all_slots(search([twice], [person(1, (at(9), at(10)))])) == []
