"""Whether everything that a page needs is there: `/readyz` asks it part by part."""

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now

from ats import tables
from ats.kernel.files import free_megabytes
from ats.upkeep.models import Pulse

_migrated = False


class NotReady(Exception):
    """Why, in a few words for the person on call."""


def checks() -> dict[str, str]:
    """What each part says: "ok", or what it lacks."""
    said = {"database": _check(_database), "broker": _check(_broker), "storage": _check(_storage)}
    answers = said["database"] != "unreachable"
    return said | {"migrations": _check(_migrations) if answers else "unknown"}


def _check(look: Callable[[], None]) -> str:
    try:
        look()
    except NotReady as problem:
        return str(problem)
    except (DatabaseError, redis.RedisError, OSError):
        return "unreachable"
    return "ok"


def _database() -> None:
    """It answers, has room where we can see that, and takes a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if "DATABASE_URL" in settings.EMBEDDED:
        _room(settings.VAR)
    try:
        Pulse.objects.bulk_create(
            [Pulse(pk=1, written_at=Now())],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=["written_at"],
        )
    except DatabaseError as problem:
        if _missing_table(problem):  # which `migrations` says better
            return
        raise NotReady(f"cannot write: {_first_line(problem)}") from problem


def _missing_table(problem: DatabaseError) -> bool:
    return getattr(problem.__cause__, "pgcode", None) == "42P01"


def _broker() -> None:
    client = redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    try:
        client.ping()
    finally:
        client.close()


def _storage() -> None:
    """Candidates' files have room, and one can be written."""
    folder = Path(settings.MEDIA_ROOT)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        _room(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"ready" * 1000)
    except OSError as problem:
        raise NotReady(f"cannot write: {problem.strerror}") from problem


def _room(folder: Path) -> None:
    free = free_megabytes(folder)
    if free < settings.READY_FREE_MB:
        raise NotReady(f"only {free} MB are free")


def _migrations() -> None:
    global _migrated  # noqa: PLW0603  (reading the plan costs; once none is missing, none comes back)
    if _migrated:
        return
    executor = MigrationExecutor(connection)
    if missing := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        raise NotReady(f"{missing} missing")
    if newer := tables.newer(executor.loader):
        raise NotReady(f"{len(newer)} newer than this code")
    _migrated = True


def _first_line(problem: Exception) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__
