"""Whether a lane has anything to do, asked of all of them in one statement: most ticks find nothing.

A lane says with a `Condition` when it would find work: the very rows that it looks for, put into SQL once
(`kernel/prepared.py`). One that says nothing runs in every tick, and so does one that cannot be asked.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from inspect import signature
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from ats.duework import turns
from ats.kernel.prepared import Prepared, Statement

logger = logging.getLogger(__name__)

Condition = Callable[[datetime], Statement]
"""What is true, in SQL, as long as something is to be done at that moment."""
Value = Callable[[datetime], datetime | date]
_FEWER = "(SELECT COUNT(*) FROM ({}) AS there) < %s"
NEVER, ALWAYS = Statement("FALSE", ()), Statement("TRUE", ())
PATIENCE = timedelta(seconds=30)


def _with_now(asks: Callable[..., Any], values: dict[str, Value]) -> dict[str, Value]:
    return {"now": lambda now: now} | values if "now" in signature(asks).parameters else values


def rows(
    asks: Callable[..., QuerySet[Any]], *, shape: Callable[[], Sequence[Hashable]] = tuple, **values: Value
) -> Condition:
    """There is such a row. What hangs on the moment is handed to `asks` by name, and the moment itself as `now`.

    `asks` reads no clock and no rows; what it reads in this process belongs to the shape, as in `Prepared`.
    """
    named = _with_now(asks, values)
    kept = Prepared(lambda *args, **kwargs: asks(*args, **kwargs).order_by().values_list("pk"))

    def condition(now: datetime) -> Statement:
        said = kept.statement(*shape(), **{name: value(now) for name, value in named.items()})
        return NEVER if said is None else Statement(f"EXISTS ({said.sql})", said.params)

    return condition


def rows_by_database(asks: Callable[..., QuerySet[Any]], **values: Value) -> Condition:
    """`rows` whose question rests on the database's own clock (`engine.lost`): put into SQL each time."""
    named = _with_now(asks, values)

    def condition(now: datetime) -> Statement:
        found = asks(**{name: value(now) for name, value in named.items()}).order_by().values_list("pk")
        try:
            sql, params = found.query.get_compiler(found.db).as_sql()
        except EmptyResultSet:
            return NEVER
        return Statement(f"EXISTS ({sql})", tuple(params))

    return condition


def fewer(asks: Callable[[], QuerySet[Any]], number: int) -> Condition:
    """There are fewer such rows than there should be."""
    kept = Prepared(lambda: asks().order_by().values_list("pk"))

    def condition(now: datetime) -> Statement:
        said = kept.statement() or Statement("SELECT 1 WHERE FALSE", ())
        return Statement(_FEWER.format(said.sql), (*said.params, number))

    return condition


def where(holds: Callable[[], bool]) -> Condition:
    """It hangs on no row, but on how this process is set up."""
    return lambda _: ALWAYS if holds() else NEVER


def either(*conditions: Condition) -> Condition:
    """Any of these."""

    def condition(now: datetime) -> Statement:
        said = [each(now) for each in conditions]
        sql = " OR ".join(each.sql for each in said)
        return Statement(f"({sql})", tuple(param for each in said for param in each.params))

    return condition


class Asking:
    """Which lanes have something to do at a moment.

    All are asked at once, until one has run: what that wrote, a later one may have to do in the same tick. From then
    on each is asked by itself when it is its turn.
    """

    def __init__(self, conditions: Mapping[str, Condition | None], now: datetime, *, patient: bool) -> None:
        """Not `patient`: a table that is locked for long counts as one that cannot be asked."""
        self._now, self._patient = now, patient
        self._conditions = {name: each for name, each in conditions.items() if each is not None}
        self._ready = self._ask(self._conditions)

    def is_ready(self, name: str) -> bool:
        """Whether this lane is to run: there is work, or nobody knows."""
        if name not in self._conditions:
            return True
        if self._ready is not None:
            return name in self._ready
        found = self._ask([name])
        return found is None or name in found

    def has_run(self) -> None:
        """Something may have been written since all were asked."""
        self._ready = None

    def _ask(self, names: Iterable[str]) -> set[str] | None:
        """Those of them with something to do; None if they cannot be asked together."""
        names = list(names)
        try:
            said = [self._conditions[name](self._now) for name in names]
            ends = None if self._patient else time.monotonic() + PATIENCE.total_seconds()
            with turns.until(ends), _apart(), connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {', '.join(each.sql for each in said)}",
                    [param for each in said for param in each.params],
                )
                return {name for name, is_so in zip(names, cursor.fetchone(), strict=True) if is_so}
        except Exception:
            logger.exception("Whether there is anything to do cannot be asked of %s", ", ".join(names))
            return None


def _apart() -> contextlib.AbstractContextManager[None]:
    """What fails here does not take along the transaction around it."""
    return transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext()
