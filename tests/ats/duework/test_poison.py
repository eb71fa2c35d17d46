"""A row that cannot be done is its own trouble: what lies behind it is done in the same tick."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, connection, transaction

from ats.duework import apart, engine, faults, tasks, ticking, turns
from ats.duework.models import MAX_ATTEMPTS, DueTask, TaskState
from ats.duework.tasks import plan, task_kind
from tests.factories import NOW

RAISES = {
    "a trigger": "P0001",
    "a check": "23514",
    "a foreign key": "23503",
    "data": "22003",
    "a division": "22012",
    "a missing table": "42P01",
    "no right": "42501",
    "a deadlock": "40P01",
    "a lock": "55P03",
    "a time that was up": "57014",
    "an internal error": "XX000",
    "a function": "38000",
}


@contextmanager
def poisoned(
    table: str, pk: int, code: str, *, when: str = "BEFORE UPDATE", guard: str = "true"
) -> Iterator[None]:
    """Whoever writes on that row is told so by the database, with this SQLSTATE."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.id = {pk} AND {guard} THEN RAISE EXCEPTION 'poison' USING ERRCODE = '{code}'; END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER poison {when} ON {table} FOR EACH ROW EXECUTE FUNCTION poison();
            """
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION poison CASCADE")


@pytest.fixture
def done() -> Iterator[list[int]]:
    """Kinds of work that write on their own row, inside and outside; whom they were done for."""
    found: list[int] = []
    for kind, outside in (("test.in", False), ("test.other", False), ("test.out", True)):
        task_kind(kind, outside=outside)(lambda task, now: found.append(task.subject_id))
    yield found
    for kinds in (tasks._inside, tasks._outside):
        for kind in ("test.in", "test.other", "test.out"):
            kinds.pop(kind, None)


def put(kind: str, *subjects: int) -> list[DueTask]:
    for subject in subjects:
        plan(kind, subject_id=subject, due_at=NOW, key=f"{kind}:{subject}")
    return list(DueTask.objects.filter(kind=kind).order_by("id"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["test.in", "test.out"])
@pytest.mark.parametrize("code", RAISES.values(), ids=RAISES.keys())
def test_whatever_the_database_says_of_a_row_it_is_the_row_s_trouble(
    done: list[int], kind: str, code: str
) -> None:
    poison, *_others = put(kind, 1, 2, 3)
    with poisoned("ats_duetask", poison.pk, code, guard="NEW.state IN ('done', 'running')"):
        engine.tick(NOW)

        poison.refresh_from_db()
        assert [subject for subject in done if subject > 1] == [2, 3]
        assert (poison.state, poison.attempts) == ("waiting", 1)
        assert "poison" in poison.last_error
        now = NOW
        while poison.retry_at is not None:
            now = poison.retry_at
            engine.tick(now)
            poison.refresh_from_db()

    assert poison.attempts == MAX_ATTEMPTS
    assert sorted(DueTask.objects.exclude(pk=poison.pk).values_list("state", flat=True)) == ["done", "done"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["test.in", "test.out"])
def test_a_row_that_cannot_even_be_written_on_is_passed_over(done: list[int], kind: str) -> None:
    poison, *_others = put(kind, 1, 2, 3)

    with poisoned("ats_duetask", poison.pk, "P0001"):
        engine.tick(NOW)

    assert [subject for subject in done if subject > 1] == [2, 3]
    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == ("waiting", 0)


@pytest.mark.django_db(transaction=True)
def test_what_fails_at_the_commit_is_the_row_s_trouble(done: list[int]) -> None:
    poison, *_others = put("test.in", 1, 2, 3)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.id = {poison.pk} AND NEW.state = 'done' THEN
                    RAISE EXCEPTION 'late poison' USING ERRCODE = '23514'; END IF;
                RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER poison AFTER UPDATE ON ats_duetask DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION poison();
            """
        )
    try:
        engine.tick(NOW)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION poison CASCADE")

    poison.refresh_from_db()
    assert (done, poison.state, poison.attempts) == ([1, 2, 3], "waiting", 1)
    assert sorted(DueTask.objects.exclude(pk=poison.pk).values_list("state", flat=True)) == ["done", "done"]


# --- Whose trouble it is


def _error(cls: type[Exception], code: str) -> Exception:
    class Cause(psycopg2.Error):
        pgcode = code

    error = cls("x")
    error.__cause__ = Cause()
    return error


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["08006", "57P01", "57P02", "57P03", "53300", "53100", "53200", "58030", "25006"]
)
def test_the_database_is_away(code: str) -> None:
    connection.ensure_connection()
    assert faults.is_away(_error(DatabaseError, code))


@pytest.mark.django_db
@pytest.mark.parametrize("code", [*RAISES.values(), ""])
def test_the_database_is_there(code: str) -> None:
    connection.ensure_connection()
    assert not faults.is_away(_error(DatabaseError, code))
    assert not faults.is_away(ValueError("no database at all"))


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_is_no_row_s_trouble(done: list[int]) -> None:
    put("test.in", 1, 2)
    task_kind("test.cut")(lambda task, now: _cut())
    [cut] = put("test.cut", 9)
    DueTask.objects.filter(pk=cut.pk).update(due_at=NOW - timedelta(days=1))
    try:
        assert engine.tick(NOW)["tasks"] == 0
        connection.close()
        cut.refresh_from_db()
        assert (cut.state, cut.attempts, done) == ("waiting", 0, [])
    finally:
        del tasks._inside["test.cut"]
    engine.tick(NOW)
    assert done == [1, 2]


def _cut() -> None:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        except (DatabaseError, InterfaceError):
            DueTask.objects.count()


# --- Turns


@pytest.mark.django_db(transaction=True)
def test_much_of_one_kind_does_not_hold_up_another(done: list[int], monkeypatch: Any) -> None:
    """Each lane has its turn, and each kind of task its share of the lane's, in the same tick."""
    order: list[str] = []

    def slow(now: Any) -> int:
        time.sleep(0.05)
        order.append("slow")
        return 1

    task_kind("test.slow")(lambda task, now: time.sleep(0.02))
    put("test.slow", *range(200))
    put("test.in", 1)
    DueTask.objects.filter(kind="test.in").update(due_at=NOW)
    DueTask.objects.filter(kind="test.slow").update(due_at=NOW - timedelta(hours=1))
    monkeypatch.setattr(ticking, "TURN", timedelta(seconds=0.2))
    monkeypatch.setitem(engine._lanes, "test.slow-lane", engine.Lane("test.slow-lane", slow))
    began = time.monotonic()
    try:
        counts = ticking.in_turns(NOW, budget=timedelta(seconds=4))
    finally:
        del tasks._inside["test.slow"]

    assert done == [1]
    assert counts["test.slow-lane"] > 4  # it had several turns
    assert 8 < counts["tasks"] < 201
    assert time.monotonic() - began < 12


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_stranger_is_not_waited_for(done: list[int], monkeypatch: Any) -> None:
    stranger, calls = threading.Event(), []

    def wait(now: Any) -> int:
        calls.append(threading.current_thread().name)
        stranger.wait(20)
        return 0

    monkeypatch.setitem(engine._lanes, "test.apart", engine.Lane("test.apart", wait, apart=True))
    put("test.in", 1)
    began = time.monotonic()

    ticking.in_turns(NOW, budget=timedelta(seconds=0.5))
    put("test.in", 2)
    ticking.in_turns(NOW, budget=timedelta(seconds=0.5))

    assert (done, len(calls)) == ([1, 2], 1)  # begun once, and left to itself
    assert not ticking.hint(engine.lanes()["test.apart"], lambda: NOW, budget=timedelta(seconds=9))
    assert time.monotonic() - began < 10
    stranger.set()
    apart.wait_for([apart._at_work["test.apart"]], seconds=10)
    ticking.in_turns(NOW, budget=timedelta(seconds=5))
    assert len(calls) == 2
    assert threading.main_thread().name not in calls


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_else_has_locked_for_long_is_left_for_later(
    done: list[int], monkeypatch: Any
) -> None:
    """The work of one task needs a row that another session holds: it waits a little, not for ever."""
    monkeypatch.setattr(turns, "LOCK_WAIT", "200ms")
    [wanted] = put("test.out", 77)

    def needs(task: DueTask, now: Any) -> None:
        DueTask.objects.select_for_update().get(pk=wanted.pk)

    task_kind("test.needs")(needs)
    [needing] = put("test.needs", 1)
    put("test.in", 2)
    release, held = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            DueTask.objects.select_for_update().get(pk=wanted.pk)
            held.set()
            release.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    try:
        ticking.in_turns(NOW, budget=timedelta(seconds=1))
    finally:
        release.set()
        holder.join()
        del tasks._inside["test.needs"]

    needing.refresh_from_db()
    assert (done[0], needing.attempts, needing.state) == (2, 1, TaskState.WAITING)
    assert "lock timeout" in needing.last_error
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
