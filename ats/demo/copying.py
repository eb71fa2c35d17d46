"""Rows into PostgreSQL by COPY, the fastest way in; every constraint and trigger still applies."""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def cell(value: Any) -> str:
    """A value as COPY's text format has it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value).translate(ESCAPES)
    return str(value)


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows in the current transaction."""
    text = io.StringIO()
    for row in rows:
        text.write("\t".join(map(cell, row)))
        text.write("\n")
    text.seek(0)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', text)


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
