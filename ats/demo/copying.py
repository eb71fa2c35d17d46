"""Rows into PostgreSQL by COPY, the fastest way in; every constraint and trigger still applies."""

import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: str) -> str:
    return value.translate(ESCAPES) if _ODD.search(value) else value


_ODD = re.compile(r"[\\\t\n\r]")
_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "\\N",
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    dict: lambda value: _text(json.dumps(value)) if value else "{}",
    list: lambda value: _text(json.dumps(value)) if value else "[]",
}


def cell(value: Any) -> str:
    """A value as COPY's text format has it."""
    return _CELLS.get(type(value), _other)(value)


def _other(value: Any) -> str:
    return _text(str(value))


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows in the current transaction."""
    text = io.StringIO()
    for row in rows:
        text.write("\t".join(map(cell, row)))
        text.write("\n")
    text.seek(0)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        # In large pieces: a small one would wait each time for a thread that is busy meanwhile.
        cursor.cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', text, 1_000_000)


class Numbers:
    """The next ids of a table, from its own sequence and in blocks: no other writer ever gets one of them."""

    def __init__(self, model: type[Model], *, block: int = 10_000) -> None:
        self._table = model._meta.db_table
        self._block = block
        self._next, self._end = 0, 0
        self._runs: list[tuple[int, int]] = []

    def peek(self) -> int:
        """The one that `take` gives next."""
        if self._next == self._end:
            self._runs = self._runs or self._reserve()
            self._next, self._end = self._runs.pop(0)
        return self._next

    def take(self) -> int:
        number = self.peek()
        self._next += 1
        return number

    def _reserve(self) -> list[tuple[int, int]]:
        """One run of numbers, or several where somebody else took some in between."""
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT MIN(number), MAX(number) + 1 FROM (
                       SELECT number, number - ROW_NUMBER() OVER (ORDER BY number) AS run
                       FROM (SELECT nextval(%s::regclass) AS number FROM generate_series(1, %s)) AS taken
                   ) AS numbered GROUP BY run ORDER BY run""",
                [self._sequence(cursor), self._block],
            )
            return list(cursor.fetchall())

    def _sequence(self, cursor: CursorWrapper) -> str:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{self._table}"'])
        (name,) = cursor.fetchone()
        return str(name)
