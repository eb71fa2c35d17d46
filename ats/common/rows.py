"""Reading of rows no more than a page shows of them."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

R = TypeVar("R", bound="QuerySet[Any, Any]")


def showing(rows: R, *fields: str) -> R:
    """`rows` with these fields alone, also of what they point to: `showing(promises, "what", "owner__name")`.

    Most of what a page costs are columns that nobody looks at: each is named, sent, converted and kept, for
    every row. A field that is missing here is read later, row by row: the tests that count queries say so.
    """
    joined = {name.rpartition("__")[0] for name in fields if "__" in name}
    # Without a name, `select_related` would join everything there is.
    found = rows.select_related(*sorted(joined)) if joined else rows.select_related(None)
    return found.only(*fields)


def answers(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    """The one row that `statement` answers with, by the names of its columns.

    For asking at once which parts of a page there are at all: mostly few of them, and for Django to put a
    question of its own for each costs more than the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def listed(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """All rows that `statement` answers with, as they come.

    For a hot page, beside a test that says it answers what the models would.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
