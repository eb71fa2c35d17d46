"""Whether this code knows the tables that it finds: older code on newer tables fails in the middle of things."""

import sys

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader


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
