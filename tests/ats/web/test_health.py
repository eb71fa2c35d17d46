from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from ats.upkeep import ready


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_migrated", False)


def test_alive_without_touching_the_database(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "10.0.0.7"})

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_with_database_broker_and_migrations(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"database": "ok", "broker": "ok", "storage": "ok", "migrations": "ok"},
    }


@pytest.mark.django_db
def test_not_ready_while_the_broker_is_gone(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "checks": {"database": "ok", "broker": "unreachable", "storage": "ok", "migrations": "ok"},
    }


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.get(app="sessions", name="0001_initial").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "1 missing"


def checks(client: Client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    return response.status_code, response.json()["checks"]


@pytest.mark.django_db
def test_not_ready_while_the_disk_of_the_files_is_full(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "made" / "yet"
    assert checks(client)[0] == 200

    settings.READY_FREE_MB = free = 10**9
    status, said = checks(client)

    assert status == 503
    assert (said["broker"], said["migrations"]) == ("ok", "ok")
    assert said["storage"].startswith("only ")
    assert int(said["storage"].split()[1]) < free


@pytest.mark.django_db
def test_not_ready_while_files_cannot_be_written(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "files"

    assert checks(client) == (
        503,
        {"database": "ok", "broker": "ok", "storage": "cannot write: Not a directory", "migrations": "ok"},
    )


@pytest.mark.django_db
def test_not_ready_while_the_database_only_reads(client: Client) -> None:
    """As a standby does, or a server whose disk is full at many hosters."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    status, said = checks(client)

    assert status == 503
    assert said["database"] == "cannot write: cannot execute INSERT in a read-only transaction"


@pytest.mark.django_db
def test_not_ready_where_the_tables_are_newer_than_the_code(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.create(app="candidates", name="0999_of_tomorrow")

    assert checks(client)[1]["migrations"] == "1 newer than this code"
