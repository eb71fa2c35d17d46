"""The clock of a commitment: when it is due, when it stands still, until when it counts, how late it was."""

from datetime import UTC, datetime

import pytest

from partners.commitments.domain.measuring import counts_until, due_at, due_in_hours, merged, running_hours
from tests.partners.commitments.facts import History, at, calendar, version

MON, TUE, WED, THU, FRI = 2, 3, 4, 5, 6


def before_nine(day):
    return datetime(2026, 11, day, 8, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waits", "one"),
    [
        ([], []),
        ([(4, 6), (8, 9)], [(4, 6), (8, 9)]),
        ([(8, 9), (4, 6)], [(4, 6), (8, 9)]),
        ([(4, 6), (5, 9)], [(4, 9)]),
        ([(4, 9), (5, 6)], [(4, 9)]),
        ([(4, 6), (6, 9)], [(4, 9)]),
        ([(4, None), (5, 6)], [(4, 12)]),
        ([(4, 6), (5, None)], [(4, 12)]),
        ([(1, 5)], [(3, 5)]),  # from the start
        ([(1, 3)], []),
        ([(9, 20)], [(9, 12)]),  # to the end
        ([(12, 13)], []),
        ([(13, None)], []),
    ],
)
def test_waits_that_meet_are_one_and_lie_between_start_and_end(waits, one):
    given = [(at(begin), at(until) if until else None) for begin, until in waits]
    assert merged(given, start=at(3), end=at(12)) == [(at(begin), at(until)) for begin, until in one]


@pytest.mark.parametrize("later", [(at(5), at(6)), (at(5), None), (at(4), at(6))])
def test_a_wait_without_an_end_takes_in_all_after_it(later):
    assert merged([(at(4), None), later], start=at(3), end=None) == [(at(4), None)]
    assert merged([(at(4), at(6))], start=at(3), end=None) == [(at(4), at(6))]


@pytest.mark.parametrize(
    ("waits", "due"),
    [
        ([], at(TUE, 10)),
        ([(at(MON, 12), at(MON, 14))], at(TUE, 12)),
        ([(at(MON, 12), at(MON, 14)), (at(TUE, 11), at(TUE, 13))], at(TUE, 14)),
        ([(at(MON, 18), at(MON, 20)), (at(TUE, 9), at(TUE, 10))], at(TUE, 11)),  # the night takes none
        ([(at(TUE, 10), at(TUE, 11))], at(TUE, 11)),
        ([(at(TUE, 10, 1), at(TUE, 11))], at(TUE, 10)),  # it was over by then
        ([(at(MON, 12), None)], at(TUE, 10)),
    ],
)
def test_hours_that_somebody_else_took_come_on_top(waits, due):
    assert due_in_hours(calendar(), at(MON), 8, waits) == due


@pytest.mark.parametrize(
    ("waits", "due"),
    [
        ([], at(WED, 17)),
        ([(at(MON, 12), at(MON, 14))], at(THU, 17)),  # a day begun is a day
        ([(at(TUE, 9), at(TUE, 17))], at(THU, 17)),
        ([(at(MON, 16), at(WED, 10))], at(FRI, 17)),
        ([(at(MON, 12), at(MON, 13)), (at(THU, 12), at(THU, 13))], at(FRI, 17)),
        ([(at(MON, 18), at(TUE, 8)), (at(TUE, 12), at(TUE, 13))], at(THU, 17)),
        ([(at(WED, 17), at(THU, 17))], at(THU, 17)),
        ([(at(WED, 17, 1), at(THU, 17))], at(WED, 17)),
        ([(at(TUE), None)], at(WED, 17)),
    ],
)
def test_days_that_somebody_else_took_come_on_top(waits, due):
    assert due_at(calendar(), at(MON), 2, waits) == due


@pytest.mark.parametrize(
    ("due", "grace", "waits", "until"),
    [
        (at(WED, 11), 0, [], at(WED, 11)),
        (at(WED, 17), 0, [], before_nine(THU)),
        (at(FRI, 17), 0, [], before_nine(9)),
        (at(WED, 17), 1, [], before_nine(FRI)),
        (at(WED, 11), 2, [], at(FRI, 11)),
        (at(WED, 11), 1, [(at(WED, 12), at(WED, 14))], at(THU, 13)),
        (at(WED, 11), 1, [(at(WED, 10), at(WED, 14))], at(THU, 11)),  # that one is in the due time already
        (at(WED, 11), 1, [(at(WED, 11), at(WED, 14))], at(THU, 11)),
    ],
)
def test_it_counts_with_the_grace_and_the_night_after_it(due, grace, waits, until):
    assert counts_until(calendar(), due, grace, waits) == until


@pytest.mark.parametrize(
    ("waits", "hours"),
    [
        ([], 10.33),
        ([(at(MON, 12), at(MON, 14))], 8.33),
        ([(at(MON, 9), at(MON, 11)), (at(TUE, 11, 20), None)], 8.33),
        ([(at(TUE, 11), at(THU))], 9.0),
        ([(at(MON, 9), at(MON, 18)), (at(TUE, 9), at(TUE, 18)), (at(MON, 9), at(MON, 12))], 0.0),
    ],
)
def test_how_late_it_was_leaves_out_what_somebody_else_took(waits, hours):
    assert running_hours(calendar(), at(MON), at(TUE, 12, 20), waits) == hours


def test_what_was_done_goes_by_the_version_that_bound_it_then():
    shorter = version(since=at(10), number=2, first_slate=1)
    done = History().opened(at(MON)).add("slate.presented", at(THU), subject=1)
    row = done.one("first_slate", at(20), [version(), shorter])
    assert (row.due_at, row.term_id // 100) == (at(16, 17), 1)
    open_still = History().opened(at(MON))
    row = open_still.one("first_slate", at(9), [version(), shorter])  # it is not agreed yet
    assert (row.due_at, row.term_id // 100) == (at(16, 17), 1)
    row = open_still.one("first_slate", at(10, 10), [version(), shorter])
    assert (row.due_at, row.term_id // 100) == (at(10, 17), 2)


def test_what_no_version_bound_before_counts_from_the_version_that_does():
    first = version(since=at(TUE), number=1)
    row = History().opened(at(MON)).one("first_slate", at(9), [first])
    assert (row.started_at, row.due_at) == (at(MON), at(17, 17))
    assert History().opened(at(MON)).measure(at(9), [version_without("first_slate")]) == [
        row for row in History().opened(at(MON)).measure(at(9)) if row.kind != "first_slate"
    ]


def version_without(kind):
    whole = version()
    times = {code: time for code, time in whole.times.items() if code != kind}
    return type(whole)(since=None, times=times, terms=whole.terms)
