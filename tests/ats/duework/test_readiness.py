"""What a tick does not run, and what it runs all the same."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from ats.duework import engine, standstill, ticking, turns
from ats.duework.engine import Lane
from ats.duework.models import Standstill
from ats.duework.readiness import ALWAYS, NEVER, Condition, either, fewer, rows, where
from ats.kernel.prepared import Statement
from tests.factories import NOW

Tick = Callable[[], dict[str, int]]


@pytest.fixture(params=["at once", "in turns"])
def tick(request: pytest.FixtureRequest) -> Tick:
    if request.param == "at once":
        return lambda: engine.tick(NOW)
    return lambda: ticking.in_turns(NOW, budget=ticking.TURN)


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Lane]:
    """No lanes but those of a test."""
    found: dict[str, Lane] = {}
    monkeypatch.setattr(engine, "_lanes", found)
    return found


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def put(lanes: dict[str, Lane], ran: list[str]) -> Callable[..., None]:
    def declare(name: str, due: Condition | None, work: Callable[[], Any] = lambda: None) -> None:
        def run(now: datetime) -> int:
            ran.append(name)
            work()
            return 0

        lanes[name] = Lane(name, run, due=due)

    return declare


def never(_: datetime) -> Statement:
    return NEVER


def always(_: datetime) -> Statement:
    return ALWAYS


def fails_in_sql(_: datetime) -> Statement:
    return Statement("1 / %s = 1", (0,))


def fails_before(_: datetime) -> Statement:
    raise LookupError("no words for it")


@pytest.mark.django_db
def test_a_lane_runs_if_it_is_due_or_does_not_say(put: Any, ran: list[str], tick: Tick) -> None:
    put("not due", never)
    put("due", always)
    put("silent", None)
    put("not due either", never)

    assert tick() == {"not due": 0, "due": 0, "silent": 0, "not due either": 0}
    assert ran == ["due", "silent"]


@pytest.mark.django_db
@pytest.mark.parametrize("faulty", [fails_in_sql, fails_before])
def test_a_condition_that_fails_stops_nobody_and_nobody_runs_for_it(
    put: Any, ran: list[str], tick: Tick, faulty: Condition
) -> None:
    put("before", always)
    put("faulty", faulty)
    put("not due", never)
    put("after", always)

    tick()

    assert ran == ["before", "faulty", "after"]
    assert not standstill.stands()  # the transaction around it is whole


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_locked_for_long_counts_as_one_that_cannot_be_asked(
    put: Any, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "STATEMENT", "200ms")
    put("slow", lambda _: Statement("(SELECT TRUE FROM pg_sleep(%s))", (9,)))
    put("after", always)

    ticking.in_turns(NOW, budget=ticking.TURN)

    assert ran == ["slow", "after"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_what_one_lane_writes_a_later_one_does_in_the_same_tick(put: Any, ran: list[str], tick: Tick) -> None:
    written = rows(lambda *, now: Standstill.objects.filter(since=now))
    put("reads before", written)
    put("writes", always, lambda: standstill.begin(backup_made_at=NOW, now=NOW))
    put("reads after", written)

    tick()

    assert ran == ["writes", "reads after"]


@pytest.mark.django_db
def test_a_tick_that_finds_nothing_is_one_question_to_all(put: Any, ran: list[str], tick: Tick) -> None:
    for number in range(5):
        put(f"lane {number}", rows(lambda *, now: Standstill.objects.filter(since__lte=now)))
    tick()

    with CaptureQueriesContext(connection) as asked:
        tick()

    questions = [each["sql"] for each in asked if "standstill" in each["sql"]]
    assert (len(questions), questions[1].count("EXISTS"), ran) == (2, 5, [])


@pytest.mark.django_db
def test_the_words_of_conditions() -> None:
    def holds(condition: Condition) -> bool:
        said = condition(NOW)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {said.sql}, %s", [*said.params, 1])
            found: bool = cursor.fetchone()[0]
        return found

    def none() -> QuerySet[Standstill]:
        return Standstill.objects.none()

    there = rows(Standstill.objects.all)
    assert [holds(each) for each in (there, rows(none), where(lambda: False), where(lambda: True))] == [
        *(False,) * 3,
        True,
    ]
    assert [holds(fewer(asks, 1)) for asks in (Standstill.objects.all, none)] == [True, True]
    standstill.begin(backup_made_at=NOW, now=NOW)
    assert [holds(each) for each in (there, either(rows(none), there), either(rows(none), never))] == [
        True,
        True,
        False,
    ]
    assert [holds(fewer(Standstill.objects.all, number)) for number in (1, 2)] == [False, True]
