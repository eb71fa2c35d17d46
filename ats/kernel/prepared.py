"""Questions that are asked so often that Django puts them into words only once.

Where a key finds the row, it takes Django several times as long to build a query and to put it into SQL as it
takes the database to answer. Here the words are kept. Django makes the rows of the answer, as ever.
"""

import re
from collections.abc import Callable, Hashable
from copy import copy
from datetime import UTC, date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import QuotedString, adapt

from ats.kernel import walls
from ats.kernel.plans import Kept

M = TypeVar("M", bound=Model)
R = TypeVar("R")

_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: -987_654_000 - place,
    str: lambda place: f"\ue000{place}\ue001",
    datetime: lambda place: datetime(9000 + place, 1, 1, tzinfo=UTC),
    date: lambda place: date(9000 + place, 1, 2),
}
Value = int | str | date | datetime
_LASTING = (int, str, type(None))
"""What may stand in kept words by itself: a moment would be the one of the first who asked."""


class Statement(NamedTuple):
    """SQL with its parameters: what goes before a question in the same message, or a question that is part of one."""

    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[M, R]):
    """The rows of the queryset that `asks(*shape, **values)` makes; it makes it once for every `shape`.

    `values` are numbers, texts, days and moments, others each time. What else the words hang on belongs to the
    shape. `asks` reads no rows and no clock: what it read would be kept.
    """

    def __init__(self, asks: Callable[..., QuerySet[M, R]]) -> None:
        self._asks = asks
        self._kept: dict[tuple[Hashable, ...], _Words[M, R]] = {}

    def __call__(self, *shape: Hashable, first: Statement | None = None, **values: Value) -> list[R]:
        return self._words(shape, values).answer(values, first)

    def statement(self, *shape: Hashable, **values: Value) -> Statement | None:
        """The words with these values, for a statement around them; None where there is never such a row."""
        return self._words(shape, values).statement(values)

    def _words(self, shape: tuple[Hashable, ...], values: dict[str, Any]) -> "_Words[M, R]":
        key = (walls.stands(), *shape)  # behind a wall, groups are put into other words
        words = self._kept.get(key)
        if words is None:
            words = self._kept[key] = _Words(self._asks, shape, values)
        return words


class _Words(Generic[M, R]):
    def __init__(
        self, asks: Callable[..., QuerySet[M, R]], shape: tuple[Hashable, ...], values: dict[str, Any]
    ) -> None:
        stand_ins = {
            name: _STAND_INS[type(value)](place) for place, (name, value) in enumerate(values.items())
        }
        self.rows = asks(*shape, **stand_ins)
        if self.rows._prefetch_related_lookups:  # type: ignore[attr-defined]  # noqa: SLF001
            raise TypeError("What is prefetched would be asked for with the values of the first time.")
        self.compiler: SQLCompiler = self.rows.query.get_compiler(self.rows.db)
        try:
            self.sql, params = self.compiler.as_sql()
            _knows_its_columns(self.compiler)
        except EmptyResultSet:  # there is no such row, whatever the values
            self.sql, params = "", ()
        self.sql, self.names = _worded(self.sql, [_place(param, stand_ins) for param in params])
        self.locks = self.rows.query.select_for_update

    def answer(self, values: dict[str, Any], first: Statement | None) -> list[R]:
        said = self.statement(values)
        if said is None:
            return []
        if self.locks and not connections[self.rows.db].in_atomic_block:
            raise transaction.TransactionManagementError("Rows are held until a transaction ends: open one.")
        sql, params = said
        words = Kept(sql)
        if first is not None:
            words, params = words.after(*first), first.params + params
        query: Any = _Question(self.compiler, words, params)
        asked = type(self.rows)(self.rows.model, query, self.rows.db)
        asked._iterable_class = self.rows._iterable_class  # noqa: SLF001
        return list(asked)

    def statement(self, values: dict[str, Any]) -> Statement | None:
        if not self.sql:
            return None
        return Statement(self.sql, tuple(values[name] for name in self.names))


def _knows_its_columns(compiler: SQLCompiler) -> None:
    """Ask only now how each column is made a value of ours; the columns are the same every time."""
    known = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda _: known  # type: ignore[method-assign,assignment]


def _worded(sql: str, places: list[tuple[str, Any]]) -> tuple[str, list[str]]:
    """The words with what always stands in them, and whose values stand at the places that are left.

    A plan for all values knows what is always asked for: an index of the open rows alone is of use to it.
    """
    said = iter(["%s" if name else _literal(param) for name, param in places])
    whole = re.sub("%[s%]", lambda place: next(said) if place[0] == "%s" else place[0], sql)
    return whole, [name for name, _ in places if name]


def _literal(value: int | str | None) -> str:
    quoted: Any = adapt(value)
    if isinstance(quoted, QuotedString):
        quoted.encoding = "utf-8"
    return quoted.getquoted().decode().replace("%", "%%")


def _place(param: Any, stand_ins: dict[str, Any]) -> tuple[str, Any]:
    """The name of the value that belongs here, or what always stands here."""
    for name, stand_in in stand_ins.items():
        if type(param) is type(stand_in) and param == stand_in:
            return name, None
        if str(stand_in) in str(param):
            raise TypeError(f"The question makes something else of {name}: {param!r}.")
    if not isinstance(param, _LASTING):
        raise TypeError(f"{param!r} is no value of the question, and would stand in it for good.")
    return "", param


class _Question:
    """What a queryset needs of its query in order to make rows, with words that are there already."""

    def __init__(self, compiler: SQLCompiler, sql: str, params: tuple[Any, ...]) -> None:
        self._compiler, self._words = compiler, (sql, params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiler.query, name)

    def chain(self) -> None:
        raise TypeError("The words are kept: nothing can be added to them.")

    def get_compiler(self, using: str, *_: Any, **__: Any) -> SQLCompiler:
        again = copy(self._compiler)
        again.connection = connections[using]  # each thread has its own
        again.as_sql = self._as_sql  # type: ignore[method-assign]
        return again

    def _as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        return self._words
