"""Who does whose part when several are away: no circles, no endless chains."""

from datetime import UTC, datetime, timedelta

import pytest

from partners.delegations.domain.chains import Link, closes_a_circle, hops, who_does_it

DAY = datetime(2026, 11, 2, tzinfo=UTC)


def link(owner, delegate, begins=0, ends=10):
    return Link(owner, delegate, DAY + timedelta(days=begins), DAY + timedelta(days=ends))


@pytest.mark.parametrize(
    ("standing", "circle"),
    [
        ([], False),
        ([link(2, 1)], True),
        ([link(2, 3), link(3, 1)], True),
        ([link(2, 3)], False),
        ([link(3, 1)], False),
        ([link(2, 1, 10, 20)], False),  # on other days
        ([link(2, 1, 9, 20)], True),
        ([link(2, 3), link(3, 1, 10, 20)], False),
        ([link(2, 3), link(3, 2)], False),  # of others, wherever that came from
    ],
)
def test_what_would_come_back_is_a_circle(standing, circle):
    assert closes_a_circle(link(1, 2), standing) == circle


@pytest.mark.parametrize(
    ("standing", "number"),
    [
        ([], 1),
        ([link(2, 3)], 2),
        ([link(3, 1)], 2),
        ([link(2, 3), link(3, 4)], 3),
        ([link(4, 3), link(3, 1)], 3),
        ([link(3, 1), link(2, 4)], 3),
        ([link(3, 1, 10, 20)], 1),
        ([link(5, 6)], 1),
    ],
)
def test_how_often_something_is_passed_on(standing, number):
    assert hops(link(1, 2), standing) == number


@pytest.mark.parametrize(
    ("active", "who"),
    [({}, None), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({2: 3}, None), ({1: 2, 2: 1}, None)],
)
def test_it_comes_to_whoever_is_here(active, who):
    assert who_does_it(1, active) == who
