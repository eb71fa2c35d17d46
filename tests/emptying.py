"""How the tables are emptied after a test that committed: what was written is deleted, and nothing else touched.

Django empties every table by TRUNCATE, which makes a thousand files anew, and then writes all content types and
permissions again: much more than most such tests cost. These two tables say what the models are, and stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connections, transaction
from django.test import TransactionTestCase

KEPT = frozenset({"django_content_type", "auth_permission"})


@cache
def tables(alias: str = "default") -> tuple[str, ...]:
    """All that are emptied, as they are written in SQL."""
    connection = connections[alias]
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(connection.ops.quote_name(name) for name in sorted(set(names) - KEPT))


def empty(alias: str = "default") -> None:
    """Delete every row. Whoever still writes is waited for; no trigger and no foreign key looks on."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"LOCK TABLE {', '.join(tables(alias))} IN EXCLUSIVE MODE")
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables(alias)))


def _may_pass_triggers_by(alias: str) -> bool:
    """Our own server lets us. One that is named by `DATABASE_URL` may know us as an ordinary user."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        return bool(cursor.fetchone()[0])


@contextmanager
def by_deleting() -> Iterator[None]:
    """Have the tables emptied so after every test of this process that committed."""
    flush = TransactionTestCase._fixture_teardown

    def tear_down(self: Any) -> None:
        aliases = self._databases_names(include_mirrors=False)
        if not all(map(_may_pass_triggers_by, aliases)):
            flush(self)
            return
        for alias in aliases:
            empty(alias)

    TransactionTestCase._fixture_teardown = tear_down
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
