"""What stands between running servers and a running Accord: tables, static files, the demo company.

`python -m ats.embedded.prepare`; each step does nothing when there is nothing to do.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from ats import tables

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")


def main() -> int:
    django.setup()
    try:
        migrate()
        collect_static()
        load_demo()
    except OperationalError as problem:
        lines = str(problem).strip().splitlines()
        return complain(f"the database does not answer: {lines[0] if lines else problem}")
    except CommandError as problem:
        return complain(str(problem))
    except OSError as problem:
        return complain(f"{problem.strerror or problem}: {problem.filename}")
    return 0


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if newer := tables.newer(executor.loader):
        raise CommandError(tables.told(newer))
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("bringing the tables up to date", flush=True)
        call_command("migrate", interactive=False, verbosity=1)


def collect_static() -> None:
    """Collect, hash and compress the static files, if any of them changed since the last time."""
    stamp = settings.VAR / "static.fingerprint"
    fresh = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fresh and Path(settings.STATIC_ROOT).is_dir():
        return
    print("collecting the static files", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fresh)


def static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo() -> None:
    loaded = settings.VAR / "demo-loaded"
    if settings.DEMO and not loaded.exists() and "demo" in get_commands():
        print("loading the demo company", flush=True)
        call_command("demo")
        loaded.touch()


def complain(text: str) -> int:
    print(text, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
