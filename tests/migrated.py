"""The tests' tables as the migrations make them: made once for a state of the house, and copied from then on.

Migrating takes longer than most tests of a folder together, and each process of each run did it anew. What the
migrations make hangs on all the house (what they import, permissions, content types), so any change of its files
makes another one. Only in our own server: one that is named by `DATABASE_URL` is left as it was.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.db import connection

from ats.embedded import testing

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "tests_template_"
MAKING = 7_262_023
"""The number of the lock that one process takes to write it."""


@cache
def name() -> str:
    """The database that holds what the house's migrations make, as its files are now."""
    files = [
        path
        for room in ("ats", "requisitions", "candidates", "partners")
        for path in (ROOT / room).rglob("*.py")
    ]
    state = hashlib.sha256()
    for path in (*sorted(files), ROOT / "requirements" / "dev.txt"):
        state.update(f"{path.relative_to(ROOT)}\0".encode())
        state.update(path.read_bytes())
    return PREFIX + state.hexdigest()[:24]


def take() -> bool:
    """Have the tests' database made as a copy; False where there is nothing to copy yet."""
    if not testing.are_ours():
        return False
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name()])
        found = cursor.fetchone() is not None
    if found:
        connection.settings_dict["TEST"] |= {"TEMPLATE": name(), "MIGRATE": False}
    return found


def keep() -> None:
    """Copy the database that was just migrated, for whoever comes next; older ones go."""
    if not testing.are_ours():
        return
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        there = {found for (found,) in cursor.fetchall()}
        if name() in there:  # by the process beside us
            return
        for older in there:
            cursor.execute(f'DROP DATABASE "{older}"')
        cursor.execute(f'CREATE DATABASE "{name()}" TEMPLATE "{connection.settings_dict["NAME"]}"')
