"""Which signs the embedded PostgreSQL takes for letters.

Order and case come from PostgreSQL's own C.UTF-8 and are the same everywhere. What the full-text parser and
pg_trgm take for a letter comes from the machine's LC_CTYPE, even so: under "C" the parser takes every sign
beyond ASCII for one ("•Python" is one word), and pg_trgm none.
"""

import locale
from collections.abc import Callable
from typing import Any

import psycopg2

KNOWN = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
"""Debian and its like have the first, older systems and macOS one of the others; all know the same letters."""
TRIGRAM_INDEXES = """
    SELECT DISTINCT index.indexrelid::regclass::text
    FROM pg_index AS index JOIN pg_opclass AS class ON class.oid = ANY (index.indclass)
    WHERE class.opcname IN ('gin_trgm_ops', 'gist_trgm_ops')
"""


def ctype() -> str:
    """The LC_CTYPE for a new cluster; "C" on a machine that knows no other."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in KNOWN:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def teach(admin: Any, url: Callable[[str], str]) -> None:
    """Let a cluster that was made under "C" know all letters; a running server, before anybody uses it.

    Only the parser and pg_trgm ask for LC_CTYPE, so the note in the catalogue is all there is to change, and
    what is kept of trigrams to build again; words are taken up again by the tick. The database "postgres", in
    which `admin` is a session, comes last: as long as it is of the old way, this was cut off and begins again.
    """
    wanted = ctype()
    admin.execute(
        "SELECT datctype = 'C' AND datlocprovider = 'b' FROM pg_database WHERE datname = 'postgres'"
    )
    if wanted == "C" or admin.fetchone() != (True,):
        return
    admin.execute("UPDATE pg_database SET datctype = %s WHERE datname <> 'postgres'", [wanted])
    admin.execute("SELECT datname FROM pg_database WHERE datallowconn AND datname <> 'postgres'")
    for (database,) in admin.fetchall():
        _rebuild_trigrams(url(database))
    admin.execute("UPDATE pg_database SET datctype = %s WHERE datname = 'postgres'", [wanted])


def _rebuild_trigrams(url: str) -> None:
    """A session begun after the change: it is the first that sees the letters."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(TRIGRAM_INDEXES)
            for (name,) in cursor.fetchall():
                cursor.execute(f"REINDEX INDEX {name}")  # as regclass writes it, quoted where it must be
    finally:
        connection.close()
