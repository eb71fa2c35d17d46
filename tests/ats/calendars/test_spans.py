"""The algebra of stretches of time, against plain sets of minutes; and wall clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.calendars.domain import spans

steady = settings(max_examples=80)

START = datetime(2026, 3, 27, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo",
         "America/Santiago", "Asia/Beirut", "Pacific/Kiritimati", "Pacific/Pago_Pago"]  # fmt: skip

lists = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
        lambda pair: (START + pair[0] * spans.MINUTE, START + pair[1] * spans.MINUTE)
    ),
    max_size=8,
)


def minutes(some):
    return {START + n * spans.MINUTE for n in range(61) for a, b in some if a <= START + n * spans.MINUTE < b}


def is_tidy(some):
    return all(a < b for a, b in some) and all(x[1] < y[0] for x, y in pairwise(some))


@steady
@given(lists, lists)
def test_the_algebra_is_that_of_sets(left, right):
    left, right = spans.joined(left), spans.joined(right)
    assert is_tidy(left)
    common, rest = spans.both(left, right), spans.without(left, right)
    assert is_tidy(common)
    assert is_tidy(rest)
    assert minutes(common) == minutes(left) & minutes(right)
    assert minutes(rest) == minutes(left) - minutes(right)


@steady
@given(lists, st.integers(0, 60), st.integers(1, 30))
def test_what_holds_a_meeting_holds_each_of_its_minutes(some, start, length):
    some = spans.joined(some)
    begins = START + start * spans.MINUTE
    wanted = {begins + n * spans.MINUTE for n in range(length)}
    assert spans.holds(some, begins, begins + length * spans.MINUTE) is (wanted <= minutes(some))


@steady
@given(lists, st.sampled_from([15, 20, 45]))
def test_every_quarter_that_fits_and_no_other(some, length):
    some, length = spans.joined(some), length * spans.MINUTE
    quarters = [START + n * spans.STEP for n in range(8)]
    assert list(spans.quarters(some, length)) == [at for at in quarters if spans.holds(some, at, at + length)]


@steady
@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(0, 95),
    st.integers(1, 96),
    st.sampled_from(ZONES),
)
def test_hours_on_the_wall_are_the_moments_at_which_the_clock_there_shows_them(day, opens, more, zone):
    zone, closes = ZoneInfo(zone), min(opens + more, 96)
    found = spans.on_the_wall(day, opens * 15, closes * 15, zone)
    assert is_tidy(found)
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    for n in range(-15 * 4, 37 * 4):
        moment = midnight + n * spans.STEP
        wall = moment.astimezone(zone)
        shown = wall.date() == day and opens * 15 <= wall.hour * 60 + wall.minute < closes * 15
        assert any(a <= moment < b for a, b in found) is shown


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)]
)
def test_a_day_lasts_as_long_as_it_does(day, hours):
    start, end = spans.day_of(day, ZoneInfo("Europe/Berlin"))
    assert end - start == timedelta(hours=hours)


def test_a_time_that_the_clock_leaves_out_does_not_exist():
    berlin = ZoneInfo("Europe/Berlin")
    assert not spans.exists(datetime.fromisoformat("2027-03-28T02:30"), berlin)
    assert spans.exists(datetime.fromisoformat("2027-03-28T03:00"), berlin)
    assert spans.exists(datetime.fromisoformat("2026-10-25T02:30"), berlin)  # twice, even
    # A night shift from half past two begins when the clock shows three.
    assert spans.on_the_wall(date(2027, 3, 28), 150, 360, berlin) == [
        (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 3, 28, 4, tzinfo=UTC))
    ]
