"""Rows by the million: what finds and what guards them is taken away meanwhile, and put back over all at once.

An index that is built at the end is sorted once instead of torn open with each row, and a foreign key that is
put back is checked with one join. Nothing is let off: at the end everything holds, or nothing was put back and
it says so.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model

INDEXES = """
    SELECT format('DROP INDEX %%I', c.relname), pg_get_indexdef(c.oid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion
"""
"""Those that are unique stay: they are few, and what is written twice is to be found at once."""

FOREIGN_KEYS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%(tables)s::regclass[])
"""

TRIGGERS = """
    SELECT DISTINCT format('ALTER TABLE %%s DISABLE TRIGGER USER', tgrelid::regclass),
           format('ALTER TABLE %%s ENABLE TRIGGER USER', tgrelid::regclass)
    FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY(%(tables)s::regclass[])
"""


@contextmanager
def unguarded(tables: Iterable[type[Model]], *, but_indexes_of: Iterable[type[Model]] = ()) -> Iterator[None]:
    """Without their indexes, foreign keys and triggers, for as long as the block lasts.

    The triggers' own rules are the caller's to check at the end: they speak only of rows that come.
    """
    names = [model._meta.db_table for model in tables]
    kept = {model._meta.db_table for model in but_indexes_of}
    indexed = [name for name in names if name not in kept]
    with connection.cursor() as cursor:
        away: list[str] = []
        back: list[str] = []
        for found, of in ((TRIGGERS, names), (FOREIGN_KEYS, names), (INDEXES, indexed)):
            cursor.execute(found, {"tables": of})
            for takes, puts in cursor.fetchall():
                away.append(takes)
                back.insert(0, puts)
    _run(away)
    try:
        yield
    finally:
        _run(["SET LOCAL maintenance_work_mem = '1GB'", *back])


def is_alone() -> bool:
    """Nobody else is connected to this database: no page and no worker would be without its guards meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
               AND coalesce(backend_type, 'client backend') = 'client backend' AND pid <> pg_backend_pid())"""
        )
        return bool(cursor.fetchone()[0])


def _run(statements: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
