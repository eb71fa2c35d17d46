"""Small jobs by kind (`DueTask`), and the Celery tasks that hurry due work along."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import connection, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from ats.duework import engine, heartbeat, readiness, standstill, ticking, turns
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS, DueTask, TaskState
from ats.duework.wakes import Wakes
from ats.kernel import request_context

logger = logging.getLogger(__name__)

Work = Callable[[DueTask, datetime], None]
_inside: dict[str, Work] = {}
_outside: dict[str, Work] = {}
_later: dict[str, Work] = {}
LEASE = timedelta(minutes=2)
"""How long work outside is somebody's: far longer than one such task may take, for nobody else does it meanwhile."""
READER = "reader"
"""The queue of work outside: strangers' files, one at a time, which nothing else is to wait for."""
LAST = 9
"""The last of the broker's priorities, which go by threes: 0 is the first."""
BUDGET = timedelta(seconds=50)
"""How long a tick or a hint works before it leaves the rest to the next, so that they do not pile up."""


def task_kind(name: str, *, outside: bool = False, later: bool = False) -> Callable[[Work], Work]:
    """Let the decorated function do the tasks of this kind.

    By default it runs under the task's lock, in one transaction with it. With `outside`, its work leaves
    the database (a parser): the task is claimed with a lease and `work` opens its own transactions; it may run
    again if the worker dies, so it must bear that. The worker of the queue `READER` does these, and no other;
    those for `later` one by one, each after all that are not.
    """

    def register(work: Work) -> Work:
        if any(name in kinds for kinds in (_inside, _outside, _later)):
            raise ValueError(f"The task kind {name} is declared twice.")
        (_later if later else _outside if outside else _inside)[name] = work
        return work

    return register


def plan(
    kind: str, *, subject_id: int, due_at: datetime, key: str, payload: dict[str, Any] | None = None
) -> None:
    """Plan a task in the caller's transaction; nothing if one with this key is planned or done already."""
    if not any(kind in kinds for kinds in (_inside, _outside, _later)):
        raise KeyError(f"Nobody does tasks of the kind {kind}.")
    task = DueTask(kind=kind, subject_id=subject_id, due_at=due_at, key=key, payload=payload or {})
    DueTask.objects.bulk_create([task], ignore_conflicts=True)


def cancel(kind: str, *, subject_id: int, now: datetime) -> int:
    """Cancel the waiting tasks of this kind for this subject; how many there were.

    One that a tick is doing at this moment is not waited for: it looks at the world again once it has what
    the caller holds now, and whoever waited for it in turn would wait for ever.
    """
    waiting = DueTask.objects.filter(kind=kind, subject_id=subject_id, state=TaskState.WAITING)
    free = list(waiting.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    return DueTask.objects.filter(pk__in=free).update(state=TaskState.CANCELLED, settled_at=now)


@dataclass(frozen=True)
class _Hint:
    """Asks a worker to run a lane. Equal for the same lane, so that a transaction asks once."""

    lane: str

    def __call__(self) -> None:
        wakes.wake(self.lane)


_broker_gone_until = 0.0


def ask_for(lane: str) -> None:
    """Ask a worker, by way of the broker, to run this lane."""
    global _broker_gone_until  # noqa: PLW0603  (each process finds out for itself)
    if time.monotonic() < _broker_gone_until:
        return
    try:
        run_lane.apply_async(
            args=[lane], expires=55, queue=engine.queue_of(lane), priority=engine.priority_of(lane)
        )
    except Exception:  # noqa: BLE001 - whatever is wrong with the broker, the tick is the guarantee
        # Every request waiting for a broker that is gone would be worse than the minute till the tick.
        _broker_gone_until = time.monotonic() + 30
        logger.warning("The broker cannot be reached; the tick will run %s", lane)


wakes = Wakes(ask_for)


def hurry(name: str) -> None:
    """After the commit, ask a worker to run this lane now, or in a moment (see `wakes`).

    If the broker is away, the tick will.
    """
    hint, here = _Hint(name), set(connection.savepoint_ids)
    if not any(entry[1] == hint and entry[0] <= here for entry in connection.run_on_commit):
        transaction.on_commit(hint)


def _waiting(*kinds: str, now: datetime) -> QuerySet[DueTask]:
    return DueTask.objects.ready(now).filter(kind__in=kinds)


def _lost() -> QuerySet[DueTask]:
    return engine.lost(DueTask.objects.filter(state=TaskState.RUNNING))


_DUE_OUTSIDE = readiness.either(
    readiness.rows(_waiting, shape=lambda: tuple(_outside)),
    readiness.rows_by_database(_lost),
)
_DUE_LATER = readiness.rows(_waiting, shape=lambda: tuple(_later))


@engine.lane("tasks", due=readiness.rows(_waiting, shape=lambda: tuple(_inside)))
def run_inside(now: datetime) -> int:
    """One batch, with a share for each kind that waits: many of one kind do not hold up the others."""
    ready = _waiting(*_inside, now=now)
    waiting = ready.values("kind").annotate(oldest=Min("due_at")).order_by("oldest")
    kinds = [row["kind"] for row in waiting]
    done = 0
    for place, kind in enumerate(kinds):
        with turns.share(len(kinds) - place):
            rows = ready.filter(kind=kind).order_by("due_at", "id")
            done += engine.under_lock(rows, _perform_inside, now=now)
    return done


def _perform_inside(task: DueTask, now: datetime) -> None:
    _inside[task.kind](task, now)
    DueTask.objects.filter(pk=task.pk).update(state=TaskState.DONE, settled_at=now)


@engine.lane("outside-tasks", queue=READER, due=_DUE_OUTSIDE)
def run_outside(now: datetime) -> int:
    """Some tasks, each claimed when it begins: what is claimed and waits would be held up with whoever dies."""
    _release_lost(now)
    return _claimed(_waiting(*_outside, now=now), most=20, now=now)


@engine.lane("later-tasks", queue=READER, priority=LAST, due=readiness.either(_DUE_OUTSIDE, _DUE_LATER))
def run_later(now: datetime) -> int:
    """One task, and before it whatever has come meanwhile that is not for later."""
    done = run_outside(now)
    if done and turns.is_over():
        return done
    return done + _claimed(_waiting(*_later, now=now), most=1, now=now)


def _claimed(ready: "QuerySet[DueTask]", *, most: int, now: datetime) -> int:
    done = 0
    for pk in list(ready.order_by("due_at", "id").values_list("pk", flat=True)[:most]):
        for task in engine.claim(ready.filter(pk=pk), now=now, lease=LEASE, batch=1, state=TaskState.RUNNING):
            _perform_outside(task, now)
            done += 1
        if turns.is_over():
            break
    return done


def _perform_outside(task: DueTask, now: datetime) -> None:
    try:
        (_outside | _later)[task.kind](task, now)
        engine.settle(task, state=TaskState.DONE, settled_at=now)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s could not be done", task)
        _failed(task, error, now)


def _release_lost(now: datetime) -> None:
    """Give back what a worker that died had claimed; each loss counts as an attempt."""
    for task in engine.claim(
        _lost().order_by("id"), now=now, lease=LEASE, batch=100
    ):  # so that nobody else does it too
        try:
            _failed(task, TimeoutError("the worker did not come back"), now)
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("%s cannot be given back", task)


def _failed(task: DueTask, error: Exception, now: datetime) -> None:
    outcome = engine.failed(task, error, now=now)
    done = outcome["attempts"] >= MAX_ATTEMPTS
    state = TaskState.FAILED if done else TaskState.WAITING
    engine.settle(task, state=state, settled_at=now if done else None, **outcome)


@shared_task(name="ats.duework.tick")
def tick(**kwargs: Any) -> None:
    """The minutely guarantee: whatever the broker lost, this finds. What it does not manage, the next does."""
    heartbeat.beat(timezone.now())
    for name in [each.name for each in engine.lanes().values() if each.queue is not None]:
        ask_for(name)
    with request_context.running(id=None, via="system"):
        ticking.in_turns(timezone.now(), budget=BUDGET)


@shared_task(name="ats.duework.run_lane")
def run_lane(name: str, **kwargs: Any) -> None:
    """A hint that a lane has something to do."""
    lane = engine.lanes()[name]
    if lane.resting() or standstill.stands():
        return
    with request_context.running(id=None, via="system"):
        may_be_more = ticking.hint(lane, timezone.now, budget=BUDGET)
    if may_be_more:
        hurry(name)
