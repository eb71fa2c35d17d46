"""Whose fault an error of the database is: its own, or that of the row that was worked on."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

import psycopg2
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Model

M = TypeVar("M", bound=Model)
logger = logging.getLogger(__name__)

AWAY = ("08", "53", "57P", "58")
"""Classes of SQLSTATE: no connection, no room left, the server is going, the machine under it fails."""
READ_ONLY = "25006"
"""What a replica says that was taken for the server."""


PASSING = {"40001", "40P01", "55P03", "57014"}
"""What only says that others were in the way: a deadlock, a lock, a time that was up."""


def is_away(error: BaseException) -> bool:
    """The database cannot be worked with now: no row is to blame, and every other would fail as well.

    Whatever else a database says (broken data, a trigger that raises, a lock that others hold, a statement that
    took too long) it says about the row at hand.
    """
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    if code := sqlstate(error):
        return code.startswith(AWAY) or code == READ_ONLY
    # Without a code it did not come from the server: Django may have a new connection already.
    cause = error.__cause__
    if isinstance(cause, psycopg2.OperationalError):
        return True
    if isinstance(cause, psycopg2.InterfaceError):
        return "connection" in str(cause)
    raw = connection.connection
    return connection.closed_in_transaction or (raw is not None and bool(raw.closed))


def is_passing(error: BaseException) -> bool:
    """The same may well work in a moment."""
    return sqlstate(error) in PASSING


def sqlstate(error: BaseException) -> str:
    """What PostgreSQL calls it; empty where the error came from this side of the line."""
    return str(getattr(error.__cause__, "pgcode", None) or "")


def each_apart(rows: Iterable[M], work: Callable[[M], object]) -> list[M]:
    """Do the work of each row in a savepoint of its own; those that could be done. The others are logged, and wait.

    For rows that carry no attempts of their own: one that cannot be done holds up none behind it.
    """

    def do(row: M) -> int:
        work(row)
        return 1

    return [row for row in rows if apart(f"{row._meta.label} {row.pk}", partial(do, row))]


def apart(what: str, work: Callable[[], int]) -> int:
    """How much was done of this, in a savepoint of its own; where it cannot be done that is logged, and it is none."""
    try:
        with transaction.atomic():
            return work()
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s cannot be done", what)
        return 0
