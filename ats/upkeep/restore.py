"""An installation out of its backup: built beside, checked, and put in place at the end.

Nothing that is used already is written over. What comes due stands still afterwards, and no mail leaves, until
a person has looked (`ats.duework.standstill`): the backup knows nothing of what was said after it was made.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ats import embedded
from ats.duework import standstill
from ats.embedded import moving, servers
from ats.embedded.service import Refusal
from ats.upkeep import again, manifest, postgres
from ats.upkeep.backup import count_rows
from ats.upkeep.errors import Refused
from ats.upkeep.manifest import Manifest

CLUSTER = ("postgres-password", "postgres")
"""The last one comes last: with it, the installation counts as used."""


def restore(
    source: Path, *, now: datetime, say: Callable[[str], None], erasures: Path | None = None
) -> Manifest:
    """Restore into this VAR (or DATABASE_URL and MEDIA_ROOT), all of it or nothing.

    Whom the list `erasures` names is erased again before anything can be read (docs/erasure.md).
    """
    found = manifest.read(source)
    _is_known(found)
    secrets = json.loads((source / manifest.SECRETS).read_text())
    _signs_the_same(secrets, source)
    own = "DATABASE_URL" not in os.environ
    try:
        with servers.locked(settings.VAR):
            moving.finish(settings.VAR)
            _is_unused(own)
            say("checking the backup")
            manifest.check(source, found)
            stage = _fresh_stage()
            try:
                _build(source, found, stage, own=own, now=now, say=say, erasures=erasures)
                moves = _files(source, stage) + _secrets(secrets, stage)
                if own:
                    moves += [(stage / name, settings.VAR / name) for name in CLUSTER]
                moving.ready(settings.VAR, moves)
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                shutil.rmtree(_files_stage(), ignore_errors=True)
                raise
            moving.finish(settings.VAR)
    except Refusal as problem:
        raise Refused(str(problem)) from problem
    return found


# --- Whether it can be


def _is_known(found: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    apps = {app for app, _ in MigrationLoader(None).disk_migrations}
    newer = [
        f"{app}.{name}"
        for app, names in sorted(found.migrations.items())
        if app in apps
        for name in names
        if f"{app}.{name}" not in known
    ]
    if newer:
        raise Refused(
            f"This backup was made by newer code ({newer[0]}): restore it with that, or a later one."
        )


def _signs_the_same(secrets: dict[str, object], source: Path) -> None:
    """Where the secret comes from the environment, it must be the one of the backup, or know it."""
    given = "SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ
    if given and secrets["SECRET_KEY"] not in {settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS}:
        raise Refused(
            "Links in mails that were sent are signed with another SECRET_KEY. Set it, or add it to"
            f" SECRET_KEY_FALLBACKS, as {source / manifest.SECRETS} has it, and restore again."
        )


def _is_unused(own: bool) -> None:
    files = Path(settings.MEDIA_ROOT)
    if own and (settings.VAR / "postgres").exists():
        raise Refused(f"{settings.VAR} holds an installation already: restore into another VAR.")
    if files.exists() and (not files.is_dir() or any(files.iterdir())):
        raise Refused(f"{files} holds files already: restore into another MEDIA_ROOT.")
    if own:
        return
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise Refused("The database of DATABASE_URL holds tables already: restore into an empty one.")
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND coalesce(backend_type, 'client backend') = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise Refused("Somebody else is connected to the database: stop web, worker and beat first.")


# --- Building


def _fresh_stage() -> Path:
    stage = moving.stage(settings.VAR)
    shutil.rmtree(stage, ignore_errors=True)
    shutil.rmtree(_files_stage(), ignore_errors=True)
    stage.mkdir(mode=0o711)  # the database's own system user must be able to pass
    return stage


def _build(
    source: Path,
    found: Manifest,
    stage: Path,
    *,
    own: bool,
    now: datetime,
    say: Callable[[str], None],
    erasures: Path | None,
) -> None:
    with _database(stage) if own else nullcontext():
        say("the database")
        postgres.load(source / manifest.DATABASE)
        counted = count_rows()
        if counted != found.rows:
            differ = sorted(
                name for name in counted.keys() | found.rows if counted.get(name) != found.rows.get(name)
            )
            raise Refused(f"Not every row is there again: {', '.join(differ[:5])}.")
        call_command("migrate", interactive=False, verbosity=0)
        standstill.begin(backup_made_at=datetime.fromisoformat(found.made_at), now=now)
        if erasures is not None:
            say(f"erased again, as the list says: {again.erase_again(erasures, now=now)}")
        connection.close()


@contextmanager
def _database(stage: Path) -> Iterator[None]:
    """A server of its own in the stage, whose data are put in place when it has stopped."""
    with embedded.running(stage, valkey=False) as there, postgres.pointed_at(there["DATABASE_URL"]):
        yield


def _files_stage() -> Path:
    """Beside their place, and on the same disk."""
    root = Path(settings.MEDIA_ROOT)
    return root.with_name(f".{root.name}.restoring")


def _files(source: Path, stage: Path) -> list[tuple[Path, Path]]:
    fresh = _files_stage()
    fresh.mkdir(parents=True)
    for name, _ in manifest.digests(source):
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / manifest.FILES / name, path)
        path.chmod(0o600)
    return [(fresh, Path(settings.MEDIA_ROOT))]


def _secrets(secrets: dict[str, object], stage: Path) -> list[tuple[Path, Path]]:
    """What the environment does not say lies in VAR."""
    if "SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ:
        return []
    older = secrets["SECRET_KEY_FALLBACKS"]
    assert isinstance(older, list)
    moves = []
    for name, text in (
        (embedded.SECRET_KEY, str(secrets["SECRET_KEY"])),
        (embedded.OLDER_KEYS, ",".join(older)),
    ):
        if text:
            (stage / name).touch(mode=0o600)
            (stage / name).write_text(text)
            moves.append((stage / name, settings.VAR / name))
    return moves
