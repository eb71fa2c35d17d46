"""When a role will be filled at this pace: what the figures say, and when they say nothing."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.dashboard.domain.forecast import DECILES, Forecast, Passage, at_least, forecast
from partners.dashboard.domain.passages import Step, steps

EVEN_DAYS = tuple(10.0 * number for number in range(1, 10))
PAST = {
    "applied": Passage(400, 20, EVEN_DAYS),
    "interview": Passage(60, 20, tuple(day / 2 for day in EVEN_DAYS)),
    "offer": Passage(22, 20, tuple(day / 10 for day in EVEN_DAYS)),
}


def test_an_offer_that_is_out_makes_it_days_and_nobody_makes_it_never():
    soon = forecast(seats=1, in_play={"offer": 2}, a_day=0.0, past=PAST)
    assert (soon.early, soon.days, soon.late) == (2, 4, 9)
    assert forecast(seats=1, in_play={}, a_day=0.0, past=PAST) == Forecast(
        ended=400, hires=20, why_not="too far"
    )


@pytest.mark.parametrize("first", [Passage(29, 20, EVEN_DAYS), Passage(400, 7, EVEN_DAYS), Passage(0, 0)])
def test_below_the_least_sample_nothing_is_told(first):
    found = forecast(seats=1, in_play={"offer": 9}, a_day=3.0, past=PAST | {"applied": first})
    assert found == Forecast(ended=first.ended, hires=first.hired, a_week=21.0, why_not="too few")
    assert forecast(seats=1, in_play={}, a_day=1.0, past={}).why_not == "too few"


@settings(deadline=None)
@given(
    seats=st.integers(1, 6),
    in_play=st.dictionaries(st.sampled_from(("applied", "interview", "offer", "review")), st.integers(0, 40)),
    a_day=st.floats(0, 5),
)
def test_more_candidates_never_make_it_later_and_the_range_holds_the_day(seats, in_play, a_day):
    found = forecast(seats=seats, in_play=in_play, a_day=a_day, past=PAST)
    days = [366 if day is None else day for day in (found.early, found.days, found.late)]
    assert days == sorted(days)
    more = forecast(
        seats=seats, in_play=in_play | {"offer": in_play.get("offer", 0) + 1}, a_day=a_day, past=PAST
    )
    assert (366 if more.days is None else more.days) <= days[1]
    fewer = forecast(seats=seats + 1, in_play=in_play, a_day=a_day, past=PAST)
    assert (366 if fewer.days is None else fewer.days) >= days[1]


def test_it_is_what_drawing_lots_gives():
    """The same candidates played ten thousand times: the day of one chance in two lies within a few."""
    chance, in_play = Random(3), {"interview": 9, "applied": 40}
    told = forecast(seats=2, in_play=in_play, a_day=0.0, past=PAST)
    seconds = []
    for _ in range(10_000):
        days = sorted(
            chance.uniform(0, 1.1) * 0.9 * 10 * scale * 10
            for kind, count in in_play.items()
            for scale in ((0.5,) if kind == "interview" else (1.0,))
            for _ in range(count)
            if chance.random() < PAST[kind].share
        )
        seconds.append(days[1] if len(days) > 1 else 999.0)
    drawn = sorted(seconds)[5_000]
    assert abs(told.days - drawn) <= 4


def test_the_empirical_distribution_goes_through_its_deciles():
    assert [round(PAST["applied"].by(int(day)), 6) for day in EVEN_DAYS] == list(DECILES)
    whole = [PAST["applied"].by(day) for day in range(200)]
    assert (whole[0], whole[-1]) == (0.0, 1.0)
    assert all(before <= after for before, after in pairwise(whole))
    same = Passage(30, 10, (5.0,) * 9)
    assert [same.by(day) for day in (0, 4, 20)] == [0.0, 0.08, 1.0]


def test_at_least_so_many():
    assert at_least(0, 2.0) == 1.0
    assert at_least(1, 0.0) == 0.0
    assert round(at_least(1, 1.0), 6) == 0.632121
    assert round(at_least(3, 2.0), 6) == 0.323324


def test_passages_leave_out_who_is_still_there_and_say_nothing_of_few():
    found = steps(
        ["applied", "interview", "hired"],
        here={"applied": 6, "review": 2, "interview": 1, "hired": 1},
        in_play={"applied": 50, "interview": 4},
        past={"applied": 60, "review": 15, "interview": 20, "hired": 5},
    )
    assert found == [
        Step("applied", "interview", 43, 14, 25, 100),
        Step("interview", "hired", None, 2, None, 25),
    ]
    assert found[0].names == "Applied to interview"
