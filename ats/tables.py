"""Whether this code and the database that it finds fit: older code on newer tables fails in the middle of things."""

import sys

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

KNOWS_LETTERS = "(to_tsvector('simple', U&'\\2022a') @@ 'a'::tsquery)"
"""Whether the full-text parser tells signs from letters beyond ASCII; pg_trgm does so then too."""
NO_LETTERS = (
    "this database takes signs such as bullets for letters (its LC_CTYPE is C), so that names with a mistake in"
    " them are not found everywhere. README, Configuration, says how to make one that does not."
)


def newer(loader: MigrationLoader | None = None) -> list[str]:
    """The applied migrations of our apps that this code does not know, such as "candidates.0099_later"."""
    loader = loader or MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= {(app, name) for app, name in migration.replaces}
    applied = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    return sorted(f"{app}.{name}" for app, name in applied - known)


def told(names: list[str]) -> str:
    """What a person at the terminal is to know of them."""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return (
        f"the tables of this database are newer than this code ({names[0]}{more}). Start the newer version"
        " again, or restore a backup that was made by this one."
    )


def knows_letters() -> bool:
    """Whether the database has an LC_CTYPE that knows more letters than those of ASCII."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {KNOWS_LETTERS}")
        return bool(cursor.fetchone()[0])


def tell_of_letters() -> None:
    """At the start of what serves: one line, if words will be missed. It serves all the same."""
    try:
        known = knows_letters()
    except DatabaseError:
        return
    finally:
        connection.close()
    if not known:
        print(f"accord: {NO_LETTERS}", file=sys.__stderr__, flush=True)


def refuse_newer() -> None:
    """End a process that is about to serve, with one line; a database that is away is not this one's affair."""
    try:
        names = newer()
    except DatabaseError:
        return
    finally:
        connection.close()
    if names:
        # The very stream: Celery takes the other one for its log, and drops what comes before that is set up.
        print(f"accord: {told(names)}", file=sys.__stderr__, flush=True)
        raise SystemExit(1)
