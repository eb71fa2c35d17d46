"""Rows into PostgreSQL by COPY, the fastest way in; every constraint and trigger still applies."""

import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
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


def next_id(model: type[Model]) -> int:
    """The first number that no row of this table has had; ours, if nobody else writes meanwhile."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"""SELECT GREATEST(nextval(pg_get_serial_sequence('"{table}"', 'id')),
                           (SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"))""")
        return cursor.fetchone()[0]


def set_sequence(model: type[Model]) -> None:
    """Go on counting after the rows that came with their numbers."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"""SELECT setval(pg_get_serial_sequence('"{table}"', 'id'),
                           GREATEST((SELECT MAX(id) FROM "{table}"), 1))""")
