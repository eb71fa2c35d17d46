"""Workers are woken once for many changes, and never later than in a moment."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import transaction

from ats.duework import tasks
from ats.duework.tasks import hurry
from ats.duework.wakes import APART, Wakes
from tests.processes import finish, python

ASLEEP = 5.0
"""Seconds after which a thread of a busy machine has had its turn."""


class Bell:
    """What was sent, and when."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, float]] = []
        self._rang = threading.Condition()

    def __call__(self, lane: str) -> None:
        with self._rang:
            self.rung.append((lane, time.perf_counter()))
            self._rang.notify_all()

    def lanes(self) -> list[str]:
        return [lane for lane, _ in self.rung]

    def wait(self, number: int) -> None:
        with self._rang:
            assert self._rang.wait_for(lambda: len(self.rung) >= number, ASLEEP), self.rung


def test_the_first_is_heard_at_once_and_the_others_together() -> None:
    bell = Bell()
    wakes = Wakes(bell)
    for _ in range(50):
        wakes.wake("mail")
    assert bell.lanes() == ["mail"]
    bell.wait(2)
    time.sleep(APART * 1.5)
    assert bell.lanes() == ["mail", "mail"]
    (_, first), (_, second) = bell.rung
    assert second - first >= APART * 0.9


def test_lanes_do_not_wait_for_each_other() -> None:
    bell = Bell()
    wakes = Wakes(bell, apart=60)
    for lane in ("mail", "tasks", "mail", "tasks"):
        wakes.wake(lane)
    assert bell.lanes() == ["mail", "tasks"]
    wakes.flush()
    assert bell.lanes() == ["mail", "tasks", "mail", "tasks"]


def test_after_a_while_the_next_is_a_first_one_again() -> None:
    bell = Bell()
    wakes = Wakes(bell, apart=0.05)
    for number in range(1, 4):
        wakes.wake("mail")
        assert len(bell.rung) == number
        time.sleep(0.1)
    assert len(bell.rung) == 3


def test_whatever_is_changed_a_wake_comes_after_it() -> None:
    """From many threads: each change has a wake after it that is no later than `apart`."""
    bell = Bell()
    wakes = Wakes(bell, apart=0.05)
    changed: list[float] = []

    def change() -> None:
        for _ in range(40):
            changed.append(time.perf_counter())
            wakes.wake("mail")
            time.sleep(0.003)

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deadline = time.monotonic() + ASLEEP
    while bell.rung[-1][1] < max(changed) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert bell.rung[-1][1] >= max(changed)
    assert len(bell.rung) < len(changed) / 4


def test_a_forked_process_wakes_for_itself() -> None:
    """It has neither what its parent had to wait for, nor a lock that one of the parent's threads held."""
    said = finish(
        python("""
import os, sys
from ats.duework.wakes import Wakes
wakes = Wakes(lambda lane: os.write(1, f"{os.getpid() == parent} {lane}\\n".encode()), apart=60)
parent = os.getpid()
wakes.wake("mail")
wakes.wake("mail")
wakes._lock.acquire()
if (child := os.fork()) == 0:
    wakes.wake("mail")
    assert not wakes._waiting
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
wakes._lock.release()
wakes.flush()
""")
    )
    assert said.splitlines() == ["True mail", "False mail", "True mail"]


def test_a_process_that_ends_leaves_nobody_asleep() -> None:
    said = finish(
        python("""
from ats.duework.wakes import Wakes
wakes = Wakes(lambda lane: print(lane, flush=True))
wakes.wake("first")
wakes.wake("first")
print("the end", flush=True)
""")
    )
    assert said.splitlines() == ["first", "the end", "first"]


# With the broker that workers hear


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(tasks, "wakes", Wakes(tasks.ask_for))
    monkeypatch.setattr(tasks, "_broker_gone_until", 0.0)
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete("celery")
    yield client
    client.delete("celery")


@pytest.mark.django_db(transaction=True)
def test_many_commits_are_two_messages_to_the_workers_the_last_after_the_last_of_them(broker: Any) -> None:
    started = time.perf_counter()
    for _ in range(20):
        with transaction.atomic():
            hurry("commitments")
    took = time.perf_counter() - started
    deadline = time.monotonic() + ASLEEP
    while broker.llen("celery") < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(APART * 1.5)
    # A machine so busy that the commits took longer may have had time for more of them.
    assert 2 <= broker.llen("celery") <= 2 + int(took / APART)
