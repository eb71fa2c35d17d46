"""Doing what is due: rows are claimed, the world is looked at again, and each is settled once.

Two ways, by where the work ends. What ends in the database is done under the row's lock, in one
transaction (`under_lock`). What leaves the database (a mail server, a parser) is claimed with a lease,
committed, done, and settled only by the one who still holds the lease (`claim`, `settle`).
"""

import logging
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from ats.duework import standstill, turns
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS, Attempts, Leased
from ats.duework.readiness import Asking, Condition
from ats.kernel import writing

logger = logging.getLogger(__name__)

A = TypeVar("A", bound=Attempts)
L = TypeVar("L", bound=Leased)

BATCH = 100
GROUP = 20
"""So many rows at once keep others from theirs for a second or two."""
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720))
"""How long a row that failed waits, by how often it has failed."""


class Final(Exception):
    """Trying again cannot help: set the row aside at once."""


class Pause(Exception):
    """Raised by a lane: `done` rows were dealt with, and there is no use in going on now."""

    def __init__(self, done: int = 0) -> None:
        super().__init__(done)
        self.done = done


@dataclass(frozen=True)
class Lane:
    """One kind of due work. `run(now)` does one batch and returns how many rows it dealt with.

    A `last` lane comes after the others in a tick: what they write, it still takes along. While it is
    `resting` hints do not run it; the tick always tries. A lane `apart` waits for strangers' servers, and
    others do not wait for it. One with a `queue` is done by the worker of that queue alone: the others' tick
    only asks for it, and among what waits in that queue the lowest `priority` comes first. A tick runs it only where
    its condition `due` holds, if it has one.
    """

    name: str
    run: Callable[[datetime], int]
    last: bool = False
    resting: Callable[[], bool] = lambda: False
    apart: bool = False
    queue: str | None = None
    priority: int = 0
    due: Condition | None = None


_lanes: dict[str, Lane] = {}


def lane(
    name: str,
    *,
    due: Condition | None = None,
    last: bool = False,
    resting: Callable[[], bool] = lambda: False,
    apart: bool = False,
    queue: str | None = None,
    priority: int = 0,
) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    """Make the decorated function, which does one batch, part of every tick; in order of declaration."""

    def register(run: Callable[[datetime], int]) -> Callable[[datetime], int]:
        if name in _lanes:
            raise ValueError(f"The lane {name} is declared twice.")
        _lanes[name] = Lane(name, run, last, resting, apart, queue, priority, due)
        return run

    return register


def lanes() -> dict[str, Lane]:
    """All lanes, in the order in which a tick runs them."""
    return dict(sorted(_lanes.items(), key=lambda item: item[1].last))


def queue_of(name: str) -> str | None:
    """The queue whose worker does this lane; None: any worker."""
    known = _lanes.get(name)
    return known.queue if known else None


def priority_of(name: str) -> int:
    known = _lanes.get(name)
    return known.priority if known else 0


def tick(now: datetime) -> dict[str, int]:
    """Everything that is due at `now`, each lane until it is empty; how many rows of each were done.

    A lane that has nothing to do is not run (`readiness`); one that fails as a whole is logged and does not stop the
    others. (`ticking.in_turns` has them take turns.)
    While everything stands still after a restore, nothing is done.
    """
    if standstill.stands():
        return {}
    done = dict.fromkeys(lanes(), 0)
    asking = asking_of(lanes().values(), now, patient=True)
    for name, each in lanes().items():
        if asking.is_ready(name):
            done[name] = drain(each, lambda: now, ends=None)
            asking.has_run()
    return done


def asking_of(some: Iterable[Lane], now: datetime, *, patient: bool) -> Asking:
    """Which of these lanes have something to do."""
    return Asking({each.name: each.due for each in some}, now, patient=patient)


def drain(each: Lane, clock: Callable[[], datetime], *, ends: float | None) -> int:
    """Run a lane batch by batch until it is empty, pauses, fails, or the time is up; how many rows it did."""
    return turn(each, clock, ends=ends).done


@dataclass
class Turn:
    """What a lane did in its time; `more`: it was not through with it."""

    done: int = 0
    more: bool = False


def turn(each: Lane, clock: Callable[[], datetime], *, ends: float | None) -> Turn:
    """`drain`, saying also whether the lane would have gone on. It does at least one batch, of one row or more."""
    result = Turn()
    try:
        with turns.until(ends):
            while count := each.run(clock()):
                result.done += count
                if turns.is_over():
                    result.more = True
                    break
    except Pause as pause:
        result.done += pause.done
    except Exception:
        logger.exception("The lane %s failed", each.name)
    return result


def failed(
    row: Attempts, error: BaseException, *, now: datetime, back_off: Sequence[timedelta] = BACK_OFF
) -> dict[str, Any]:
    """What to write on a row whose work raised: it waits longer each time, and is set aside in the end."""
    attempts = MAX_ATTEMPTS if isinstance(error, Final) else min(row.attempts + 1, MAX_ATTEMPTS)
    wait = back_off[min(attempts, len(back_off)) - 1]
    return {
        "attempts": attempts,
        "retry_at": None if attempts >= MAX_ATTEMPTS else now + wait,
        "last_error": f"{type(error).__name__}: {error}"[:2000],
    }


def under_lock(
    ready: QuerySet[A],
    perform: Callable[[A, datetime], None],
    *,
    now: datetime,
    batch: int = BATCH,
    first: Callable[[Any], None] | None = None,
) -> int:
    """Do a batch of rows, each in a transaction of its own, under its lock; others' locks are passed over.

    `perform` must leave the row no longer ready. One that raises is undone, noted on the row, and waits.
    `first` takes what is locked before the row with this key (see docs/adr/0025-one-lock-order.md).
    Returns how many rows were dealt with, which may be fewer than there are: the turn may be over.
    """
    dealt = 0
    for pk in list(ready.values_list("pk", flat=True)[:batch]):
        dealt += _one_under_lock(ready, perform, pk=pk, now=now, first=first)
        if turns.is_over():
            break
    return dealt


def several_under_lock(
    ready: QuerySet[A],
    perform: Callable[[Sequence[A], datetime], None],
    *,
    now: datetime,
    first: Callable[[Collection[Any]], None],
    batch: int = BATCH,
    group: int = GROUP,
) -> int:
    """`under_lock`, a `group` of rows in one transaction; where one of them raises, each by itself after all."""
    dealt, keys = 0, list(ready.values_list("pk", flat=True)[:batch])
    for begin in range(0, len(keys), group):
        some = keys[begin : begin + group]
        dealt += _group_under_lock(ready.order_by("pk"), perform, keys=some, now=now, first=first)
        if turns.is_over():
            break
    return dealt


def _group_under_lock(
    ready: QuerySet[A],
    perform: Callable[[Sequence[A], datetime], None],
    *,
    keys: Collection[Any],
    now: datetime,
    first: Callable[[Collection[Any]], None],
) -> int:
    try:
        with transaction.atomic():
            first(keys)
            rows = ready.filter(pk__in=keys)
            mine = list(rows.select_for_update(of=("self",), skip_locked=True, no_key=True))
            if mine:
                perform(mine, now)
        return len(mine)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception(
            "A group of %s could not be done at once; going on one by one", ready.model._meta.label
        )
    return sum(
        _one_under_lock(
            ready, lambda row, at: perform([row], at), pk=pk, now=now, first=lambda pk: first([pk])
        )
        for pk in keys
    )


def _one_under_lock(
    ready: QuerySet[A],
    perform: Callable[[A, datetime], None],
    *,
    pk: Any,
    now: datetime,
    first: Callable[[Any], None] | None,
) -> int:
    rows = ready.order_by().filter(pk=pk)
    try:
        with transaction.atomic():
            if first is not None:
                first(pk)
            row = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
            if row is None:  # another tick has it, or has done it
                return 0
            perform(row, now)
        return 1
    except Exception as error:
        if is_away(error):
            raise
        return _note(rows, error, now=now)


def _note(rows: QuerySet[Any], error: Exception, *, now: datetime) -> int:
    """Write on a row what it failed with; 1 if that was possible, so that it is not looked at again at once."""
    try:
        with transaction.atomic():
            row = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
            if row is None:
                return 0
            logger.error("%s %s could not be done", row._meta.label, row.pk, exc_info=error)
            type(row)._base_manager.filter(pk=row.pk).update(**failed(row, error, now=now))
        return 1
    except Exception as second:
        if is_away(second):
            raise
        logger.exception("A row that could not be done cannot be written on either; it is passed over")
        return 0


def claim(ready: QuerySet[L], *, now: datetime, lease: timedelta, batch: int, **mark: Any) -> list[L]:
    """Take up to `batch` ready rows for `lease`, committed at once; `mark` are the fields that say so.

    A lease is counted on the database's own clock, not from `now`: it guards against other processes, and
    a pretended moment must not take the row from a worker that is at it.
    """
    try:
        return _claim(ready, lease=lease, batch=batch, **mark)
    except Exception as error:
        if is_away(error):
            raise
        logger.warning("A batch of %s could not be claimed at once: %s", ready.model._meta.label, error)
    found: list[L] = []
    for pk in list(ready.values_list("pk", flat=True)[:batch]):
        rows = ready.filter(pk=pk)
        try:
            found += _claim(rows, lease=lease, batch=1, **mark)
        except Exception as error:
            if is_away(error):
                raise
            _note(rows, error, now=now)
    return found


def _claim(ready: QuerySet[L], *, lease: timedelta, batch: int, **mark: Any) -> list[L]:
    token = uuid.uuid4()
    with transaction.atomic():
        rows = list(ready.select_for_update(of=("self",), skip_locked=True, no_key=True)[:batch])
        if rows:
            ready.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(
                lease_token=token, lease_until=Now() + lease, **mark
            )
    for row in rows:
        row.lease_token = token
        for name, value in mark.items():
            setattr(row, name, value)
    return rows


def renew(row: Leased, lease: timedelta, **mark: Any) -> bool:
    """Keep a claimed row for so long from now on; False if somebody else has it already."""
    mine = type(row)._base_manager.filter(pk=row.pk, lease_token=row.lease_token)
    return bool(mine.update(lease_until=Now() + lease, **mark))


def lost(rows: QuerySet[L]) -> QuerySet[L]:
    """Those of the claimed rows whose worker did not come back in time."""
    return rows.filter(lease_until__lt=Now())


def settle(row: L, **fields: Any) -> bool:
    """Write the outcome if the lease is still ours; False if it ran out and somebody else has the row."""
    given_back = {"lease_token": None, "lease_until": None}
    if not writing.update_held(row, held="lease_token", values=given_back | fields):
        return False
    for name, value in fields.items():
        setattr(row, name, value)
    return True
