"""The tick of a running installation: what is due, kind by kind in turns, so that none holds up another."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

from django.db import connection

from ats.duework import apart, engine, standstill
from ats.duework.engine import Lane

logger = logging.getLogger(__name__)

TURN = timedelta(seconds=2.5)
"""How long a lane goes on before the next has its turn: once around is less than a minute."""

Clock = Callable[[], datetime]


def in_turns(now: datetime, *, budget: timedelta) -> dict[str, int]:
    """`engine.tick`, in which the lanes take turns until that much real time has passed; the next tick goes on.

    Each that has something to do gets its first turn in any case. Those apart run beside the others meanwhile;
    those with a queue of their own are left to its worker.
    """
    if standstill.stands():  # after a restore, until a person releases it
        return {}
    ends = time.monotonic() + budget.total_seconds()
    ours = {name: each for name, each in engine.lanes().items() if each.queue is None}
    waiting, done = list(ours.values()), dict.fromkeys(ours, 0)
    begun: dict[str, Future[int]] = {}
    asking = engine.asking_of(ours.values(), now, patient=False)
    while waiting:
        going_on = []
        for each in waiting:
            if not asking.is_ready(each.name):
                continue
            if each.apart and not _alone():
                if thread := apart.start(each.name, _job(each, lambda: now, ends)):
                    begun[each.name] = thread
                continue
            result = engine.turn(each, lambda: now, ends=time.monotonic() + TURN.total_seconds())
            asking.has_run()
            done[each.name] += result.done
            if result.more:
                going_on.append(each)
        waiting = going_on if time.monotonic() < ends else []
    apart.wait_for(begun.values(), seconds=ends - time.monotonic())
    return done | {name: _count(name, thread) for name, thread in begun.items() if thread.done()}


def _count(name: str, thread: "Future[int]") -> int:
    if error := thread.exception():
        logger.error("The thread of the lane %s failed", name, exc_info=error)
        return 0
    return thread.result()


def hint(each: Lane, clock: Clock, *, budget: timedelta) -> bool:
    """Run one lane for so long; whether there may be more."""
    ends = time.monotonic() + budget.total_seconds()
    if not each.apart or _alone():
        return engine.turn(each, clock, ends=ends).more
    if (thread := apart.start(each.name, _job(each, clock, ends))) is None:
        return False
    apart.wait_for([thread], seconds=budget.total_seconds())
    return time.monotonic() >= ends


def _job(each: Lane, clock: Clock, ends: float) -> apart.Work:
    return lambda: engine.drain(each, clock, ends=ends)


def _alone() -> bool:
    """Nobody else sees what this connection sees: the work is done here."""
    return connection.in_atomic_block
