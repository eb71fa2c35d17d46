"""What every test holds of locks: a row is locked first, by its own columns, and read afterwards.

Under READ COMMITTED, a statement with FOR UPDATE that had to wait looks again at the newest version of the row
that it locks, but at the joined rows and subqueries of before. A card that was moved meanwhile no longer fits
the stage of before, and the row seems not to be there: hence `ats.kernel.access.lock`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.sql.compiler import SQLCompiler

WHOLE_JOIN = re.compile(r"\bJOIN\b.* FOR (?:NO KEY )?UPDATE\b(?! OF )")
LOCKS = re.compile(r" FOR (?:NO KEY )?UPDATE\b(?!.*SKIP LOCKED)")
MORE_THAN_ONE = re.compile(r"\bJOIN\b|\(\s*SELECT\b")


class ReadsWhileLocking(AssertionError):
    pass


class LocksWhatIsJoined(AssertionError):
    pass


def check(sql: str) -> None:
    """Refuse a statement that waits for a row by what is joined to it, or locks what is joined along with it.

    One that passes over locked rows never waits, and may choose what it takes as it likes; it names what it locks.
    """
    if LOCKS.search(sql) and MORE_THAN_ONE.search(sql):
        raise ReadsWhileLocking(
            "This locks a row by what is joined to it, and loses it where that changes meanwhile: "
            f"lock it by its key first, then read it (ats.kernel.access).\n... {sql[sql.find(' FROM ') :]}"
        )
    if WHOLE_JOIN.search(sql):
        raise LocksWhatIsJoined(
            'This locks every row that is joined: say which are meant by of=("self",).\n'
            f"... {sql[sql.find(' FROM ') :]}"
        )


@contextmanager
def watched() -> Iterator[None]:
    """Have every statement of the ORM checked, on every connection of this process."""
    make = SQLCompiler.as_sql

    def checked(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        sql, params = make(self, *args, **kwargs)
        if self.query.select_for_update:
            check(sql)
        return sql, params

    SQLCompiler.as_sql = checked  # type: ignore[method-assign]
    try:
        yield
    finally:
        SQLCompiler.as_sql = make  # type: ignore[method-assign]
