"""Statements whose plans the database keeps: the same answers, and never a fault of their own."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ats.kernel import plans
from ats.kernel.plans import Kept
from ats.kernel.rows import listed

MOMENT = datetime(2026, 11, 29, 12, 30, tzinfo=UTC)
CASES: list[tuple[str, Any]] = [
    ("SELECT %s + 1, pg_typeof(%s)::text", [41, 5]),
    ("SELECT %s, pg_typeof(%s)::text", [5_000_000_000, -(2**31)]),
    ("SELECT date '2026-11-29' + %s", [3]),
    ("SELECT %s - interval '1 day', %s", [MOMENT, MOMENT]),
    ("SELECT %s + 7, %s", [date(2026, 11, 29), date(2028, 2, 29)]),
    ("SELECT interval '1 day' * 2 > %s", [timedelta(hours=47)]),
    ("SELECT %s * 2, %s", [Decimal("1.10"), Decimal("0")]),
    ("SELECT NOT %s, %s", [True, False]),
    ("SELECT date '2026-11-29' = %s, 'a' = %s", ["2026-11-29", "a"]),
    ("SELECT coalesce(%s, 'none'), 5 = %s", [None, None]),
    ("SELECT 5 = ANY(%s), 'b' = ANY(%s)", [[4, 5], ["a", "b"]]),
    ("SELECT 5::bigint = ANY(%s), 1 = ANY(%s)", [[], [1, 5_000_000_000]]),
    ("SELECT '50 %%' || %s", [" of it"]),
    (
        "SELECT %(twice)s || '-' || %(twice)s WHERE %(never)s::text IS NULL",
        {"never": None, "unused": 1, "twice": "x"},
    ),
    ("SELECT count(*) FROM ats_user WHERE id = %(id)s AND name LIKE '%%a%%'", {"id": 3}),
]


def asked(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def kept() -> list[str]:
    """What the database keeps for us, in the order in which it was told to."""
    return [
        words
        for (words,) in asked("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time", None)
    ]


@pytest.fixture(autouse=True)
def _nothing_is_kept(db: None) -> None:
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.forget_plans()
    with raw.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


@pytest.mark.parametrize(("sql", "values"), CASES)
def test_what_is_kept_answers_as_what_is_not(sql: str, values: Any) -> None:
    plain = asked(sql, values)
    for _ in range(7):  # the sixth plan may be one for all values
        assert asked(Kept(sql), values) == plain
    assert len(kept()) == 1


def test_a_plan_is_kept_from_the_second_time_on_for_each_kind_of_value() -> None:
    sql = "SELECT %(one)s = ANY(%(many)s)"
    listed(sql, {"one": 1, "many": [1]})
    assert kept() == []
    for _ in range(3):
        assert listed(sql, {"one": 1, "many": [1]}) == [(True,)]
    assert [words.partition("(")[2] for words in kept()] == ["integer, integer[]) AS SELECT $1 = ANY($2)"]
    for _ in range(3):
        assert listed(sql, {"one": "a", "many": ["a"]}) == [(True,)]
    assert len(kept()) == 2


def test_what_cannot_be_prepared_is_asked_as_it_stands_and_ends_nothing() -> None:
    values = {"what": "x"}
    words = "SELECT json_build_object('a', %(what)s) ->> 'a'"
    before = asked(words, values)
    for _ in range(3):
        assert asked(Kept(words), values) == before == [("x",)]
    assert asked("SELECT 1", None) == [(1,)]


def test_a_value_of_another_kind_is_asked_as_it_stands() -> None:
    for _ in range(3):
        assert asked(Kept("SELECT 1 WHERE 1 IN %s"), [(1, 2)]) == [(1,)]
    assert kept() == []


def test_a_log_of_what_was_asked_shows_words_and_values() -> None:
    listed("SELECT %(n)s + 1", {"n": 1})
    with CaptureQueriesContext(connection) as found:
        for n in (2, 3):
            listed("SELECT %(n)s + 1", {"n": n})
    assert [each["sql"] for each in found] == ["SELECT 2 + 1", "SELECT 3 + 1"]
    assert len(kept()) == 1


def test_so_many_are_kept_and_the_one_not_asked_for_longest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MOST", 3)
    for n in (1, 2, 3, 1, 2, 3, 1, 4, 4):
        assert listed(f"SELECT {n} + %(n)s", {"n": n}) == [(2 * n,)]
    assert [words.partition(" AS ")[2] for words in kept()] == [f"SELECT {n} + $1" for n in (1, 3, 4)]


def test_a_plan_for_all_values_that_takes_longer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "_FAR_SLOWER", 1000)  # however busy the machine is
    with connection.cursor() as cursor:
        # Once where the value is known beforehand, else once for each row; and it says that it costs nothing.
        cursor.execute(
            """CREATE FUNCTION pg_temp.slow(n integer) RETURNS integer IMMUTABLE COST 1 LANGUAGE plpgsql
            AS 'BEGIN PERFORM pg_sleep(0.005); RETURN n; END'"""
        )
    sql = "SELECT pg_temp.slow(%(n)s) FROM generate_series(1, 4)"
    for n in range(10):
        assert listed(sql, {"n": n}) == [(n,)] * 4
    assert [words.partition(" AS ")[2] for words in kept()] == [
        "SELECT pg_temp.slow($1) FROM generate_series(1, 4)"
    ]
    for n in range(3):
        assert listed(sql, {"n": n}) == [(n,)] * 4
    assert kept() == []


def test_a_plan_for_all_values_that_takes_many_times_as_long_is_tried_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION pg_temp.slow(n integer) RETURNS integer IMMUTABLE COST 1 LANGUAGE plpgsql
            AS 'BEGIN PERFORM pg_sleep(0.002); RETURN n; END'"""
        )
    sql = "SELECT pg_temp.slow(%(n)s) FROM generate_series(1, 60)"
    for n in range(6):
        assert listed(sql, {"n": n}) == [(n,)] * 60
    assert len(kept()) == 1
    for n in range(2):
        assert listed(sql, {"n": n}) == [(n,)] * 60
    assert kept() == []


def test_behind_a_pooler_nothing_is_kept() -> None:
    raw: Any = connection.connection
    raw._alone = False
    try:
        for _ in range(3):
            assert listed("SELECT %(n)s + 2", {"n": 1}) == [(3,)]
        assert kept() == []
    finally:
        raw._alone = None


def test_a_rollback_leaves_what_is_kept() -> None:
    with transaction.atomic():
        for _ in range(2):
            listed("SELECT %(n)s + 3", {"n": 1})
        transaction.set_rollback(True)
    assert listed("SELECT %(n)s + 3", {"n": 1}) == [(4,)]
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_what_somebody_discarded_is_asked_anew() -> None:
    for _ in range(2):
        listed("SELECT %(n)s + 4", {"n": 1})
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")
    for _ in range(3):
        assert listed("SELECT %(n)s + 4", {"n": 1}) == [(5,)]
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_another_one_since_is_asked_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (a integer)")
        cursor.execute("INSERT INTO changing VALUES (1)")
        for _ in range(2):
            listed("SELECT a FROM changing WHERE a = %(n)s", {"n": 1})
        cursor.execute("ALTER TABLE changing ALTER COLUMN a TYPE text")
        words = "SELECT * FROM changing WHERE a = %(n)s"
        for _ in range(2):
            assert listed(words, {"n": "1"}) == [("1",)]
        cursor.execute("ALTER TABLE changing ADD COLUMN b integer DEFAULT 7")
        assert listed(words, {"n": "1"}) == [("1", 7)]
        cursor.execute("DROP TABLE changing")
