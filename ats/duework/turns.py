"""How long one kind of due work has before it is another's turn, so that none waits long for another."""

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar

from django.db import DatabaseError, InterfaceError, connection

LOCK_WAIT, STATEMENT = "5s", "30s"
"""So long a turn waits for a row that somebody else has in hand, and for one statement."""

_ends: ContextVar[float | None] = ContextVar("turn_ends", default=None)


@contextlib.contextmanager
def until(ends: float | None) -> Iterator[None]:
    """A turn that ends at this moment (`time.monotonic`), or sooner if one around it does; None: without end."""
    around = _ends.get()
    known = [each for each in (ends, around) if each is not None]
    token = _ends.set(min(known, default=None))
    try:
        with contextlib.nullcontext() if around is not None or ends is None else _impatient():
            yield
    finally:
        _ends.reset(token)


def is_over() -> bool:
    """No further row is to be begun."""
    ends = _ends.get()
    return ends is not None and time.monotonic() >= ends


@contextlib.contextmanager
def share(parts: int) -> Iterator[None]:
    """One of so many equal parts of what is left of the turn; a turn without end has no parts."""
    ends, now = _ends.get(), time.monotonic()
    with until(None if ends is None else now + max(0.0, ends - now) / parts):
        yield


@contextlib.contextmanager
def _impatient() -> Iterator[None]:
    """Meanwhile no statement waits for ever: what cannot be done now is tried again by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = %s; SET statement_timeout = %s", [LOCK_WAIT, STATEMENT])
    try:
        yield
    finally:
        with contextlib.suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")
