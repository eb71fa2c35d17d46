"""One installation as a folder: the database, candidates' files, and what signs links.

It is consistent while people and workers are at work: the database is read as of one moment, and the files
are copied before and after that moment, so that each one that the rows name is there.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg2 import sql

from ats.kernel.files import free_megabytes
from ats.upkeep import manifest, postgres
from ats.upkeep.errors import Refused
from ats.upkeep.manifest import Manifest

PIECE = 1 << 20
SPARE_MEGABYTES = 100


def back_up(target: Path, *, now: datetime, say: Callable[[str], None]) -> Manifest:
    """Make the folder `target`, all of it or nothing."""
    _is_free(target)
    with postgres.server(), _part(target) as folder:
        _has_room(target.parent)
        made = _fill(folder, now=now, say=say)
        made.write(folder)
        _to_disk(folder)
        if target.exists():
            target.rmdir()
        folder.rename(target)
    return made


def _is_free(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} is there already: a backup gets a folder of its own.")


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """A folder beside the target, for nobody else's eyes; it goes again if the work is cut off."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    for path in _files():
        with contextlib.suppress(FileNotFoundError):  # deleted at this moment
            size += path.stat().st_size
    needed, free = size // 1_000_000 + SPARE_MEGABYTES, free_megabytes(folder)
    if free < needed:
        raise Refused(f"Only {free} MB are free on the disk of {folder}; a backup may need {needed} MB.")


def _fill(folder: Path, *, now: datetime, say: Callable[[str], None]) -> Manifest:
    copies = _Copies(folder / manifest.FILES)
    copies.take()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int")
        snapshot, version = cursor.fetchone()
        copies.take()  # what came since, before somebody may delete it
        say("the database")
        postgres.dump(folder / manifest.DATABASE, snapshot=snapshot)
        made = Manifest(
            made_at=now.isoformat(),
            base_url=settings.BASE_URL,
            mail_domain=settings.MAIL_DOMAIN,
            postgres=version,
            migrations=_migrations(),
            rows=count_rows(),
            files=0,
        )
        named = _named_files()
    say("the files")
    copies.take()
    copies.leave_out(named)
    made.files, made.missing = len(copies.taken), sorted(named - copies.taken.keys())
    manifest.write_digests(folder, copies.taken)
    _write_secrets(folder / manifest.SECRETS)
    return made


def _files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]


class _Copies:
    """The files that were copied, with their digests. A file is written once and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: dict[str, str] = {}
        folder.mkdir()

    def take(self) -> None:
        """Copy what has come since the last time."""
        for path in _files():
            name = path.relative_to(settings.MEDIA_ROOT).as_posix()
            if name not in self.taken and (sha256 := self._copy(path, self.folder / name)):
                self.taken[name] = sha256

    def leave_out(self, named: set[str]) -> None:
        """What was deleted meanwhile, and is named by no row of the backup, is not kept by it either."""
        for name in [name for name in self.taken if name not in named]:
            if not (Path(settings.MEDIA_ROOT) / name).exists():
                (self.folder / name).unlink()
                del self.taken[name]

    @staticmethod
    def _copy(source: Path, target: Path) -> str:
        digest = hashlib.sha256()
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with source.open("rb") as original, target.open("wb") as copy:
                while piece := original.read(PIECE):
                    digest.update(piece)
                    copy.write(piece)
        except FileNotFoundError:  # deleted at this moment
            return ""
        return digest.hexdigest()


def _migrations() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, array_agg(name ORDER BY name) FROM django_migrations GROUP BY app")
        return dict(cursor.fetchall())


def count_rows() -> dict[str, int]:
    """How many rows each table has, at this moment of the transaction."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier(table)))
            found[table] = cursor.fetchone()[0]
        return found


def _named_files() -> set[str]:
    """Every file that a row names."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                found.update(name for name in names.iterator() if name)
    return found


def _write_secrets(path: Path) -> None:
    secrets = {
        "SECRET_KEY": settings.SECRET_KEY,
        "SECRET_KEY_FALLBACKS": list(settings.SECRET_KEY_FALLBACKS),
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps(secrets, indent=1))


def _to_disk(folder: Path) -> None:
    """What a power cut a second later leaves is whole."""
    for path in (*folder.rglob("*"), folder):
        if path.is_dir() or path.is_file():
            number = os.open(path, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
