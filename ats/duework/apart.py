"""Work that leaves the database has a thread of its own in each process: a stranger's server may take minutes.

Whoever starts it waits for a while and then leaves it to itself; until it is done, this process begins no second
one of its kind. What its rows need if the process dies, their leases say.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context

from django.db import close_old_connections, connection

Work = Callable[[], int]
_threads: dict[str, ThreadPoolExecutor] = {}
_at_work: dict[str, "Future[int]"] = {}


def start(name: str, work: Work) -> "Future[int] | None":
    """Begin it in its own thread; None where it is still at it from an earlier time."""
    before = _at_work.get(name)
    if before is not None and not before.done():
        return None
    thread = _threads.setdefault(name, ThreadPoolExecutor(1, thread_name_prefix=name))
    _at_work[name] = begun = thread.submit(copy_context().run, _with_its_own_connection, work)
    return begun


def wait_for(begun: Iterable["Future[int]"], *, seconds: float) -> None:
    """Until all are done, or no longer than this."""
    wait(list(begun), timeout=max(0.0, seconds))


def _with_its_own_connection(work: Work) -> int:
    close_old_connections()
    try:
        return work()
    finally:
        connection.close()
