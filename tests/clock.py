"""The one clock of all tests: fixtures, pages, live servers, workers and the database's leases stand on it.

Every test begins at `NOW` and time runs on from there, whatever day it is outside. `TEST_DATE` moves it, the
fixtures with it: `TEST_DATE=2028-02-29 .venv/bin/pytest ...`, or to the minute: `TEST_DATE=2027-10-31T00:30`.
"""

import atexit
import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest import mock

import time_machine
from django.db.models.functions import Now

ORDINARY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""A Tuesday in November at ten; the Monday before and the days after are working days."""


def moment_of(text: str) -> datetime:
    """What `TEST_DATE` means: ten in the morning of a day, or the time that it names, in UTC."""
    if not text:
        return ORDINARY
    moment = datetime.fromisoformat(text)
    if len(text) == len("2028-02-29"):
        moment = datetime.combine(moment, time(10))
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


NOW = moment_of(os.environ.get("TEST_DATE", ""))


@contextlib.contextmanager
def standing_on(moment: datetime) -> Iterator[None]:
    """Time runs on from this moment, in all threads of this process and in what it asks of the database.

    Who travels on inside a test pretends: leases stay on this clock, as in production on the database's own.
    """
    ahead = moment - datetime.now(UTC)

    def as_sql(self: Now, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[timedelta]]:
        return "(STATEMENT_TIMESTAMP() + %s)", [ahead]

    with (
        time_machine.travel(moment, tick=True),
        mock.patch.object(Now, "as_postgresql", as_sql),
        mock.patch.dict(os.environ, {"TEST_AHEAD": str(ahead.total_seconds())}),
    ):
        yield


FOLLOW = "from tests import clock; clock.follow()"
"""The first line of a process that a test starts and that shares its clock."""


def follow() -> None:
    """Stand on the clock of the test that started this process, until it ends."""
    ahead = timedelta(seconds=float(os.environ["TEST_AHEAD"]))
    stack = contextlib.ExitStack()
    stack.enter_context(standing_on(datetime.now(UTC) + ahead))
    atexit.register(stack.close)
