"""Seeding a system that is running: others write into the same tables meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from ats.demo.copying import Numbers
from ats.demo.scale.bulk import is_alone
from ats.demo.scale.run import seed
from ats.models import Activity
from candidates.models import Application
from tests.factories import NOW, make_user, ship_reasons

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def one_more() -> int:
    return Activity.objects.create(
        verb="tried", occurred_at=NOW, actor_kind="system", subject_type="user", subject_id=1
    ).pk


@contextmanager
def somebody_writes() -> Iterator[list[int]]:
    """As workers do: one activity after the other, numbered by the database."""
    stop, written = threading.Event(), list[int]()

    def write() -> None:
        while not stop.is_set():
            written.append(one_more())
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        stop.set()
        thread.join()


def test_others_may_write_into_the_same_tables_meanwhile() -> None:
    ship_reasons()
    with somebody_writes() as written:
        seed(candidates=120, requisitions=12, seed=1, now=NOW, say=lambda text: None)
        meanwhile = len(written)

    assert meanwhile > 10
    assert Activity.objects.filter(pk__in=written, verb="tried").count() == len(written)
    assert Application.objects.count() >= 120
    # And whoever writes next is given a number that nobody has.
    assert one_more() > max(written)


def test_a_number_is_given_once_even_where_blocks_are_torn() -> None:
    mine, other = Numbers(Activity, block=5), Numbers(Activity, block=1)
    taken = [each.take() for _ in range(20) for each in (mine, other)]

    assert len(set(taken)) == 40
    assert mine.peek() == mine.take()


def test_the_guards_stay_where_somebody_else_is_connected() -> None:
    def ask() -> None:
        answers.append(is_alone())
        connection.close()

    answers: list[bool] = []
    make_user()  # this connection is the other one
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert answers == [False]
    # Windows of browser tests before this one may still be connected, or end just now: within a transaction the
    # server answers twice from one picture of who is there.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        assert is_alone() is (cursor.fetchone()[0] == 0)
