"""Older code on newer tables: one line at the start, instead of failing page by page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder

from ats.accounts.models import Role
from ats.embedded import DEMO_PASSWORD
from tests.factories import make_user
from tests.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ats.embedded.prepare"],
        ["-m", "gunicorn", "-c", "python:ats.webserver", "ats.wsgi"],
        ["-m", "celery", "--quiet", "-A", "ats.celery", "worker", "--without-gossip", "--without-mingle"],
        ["-m", "celery", "--quiet", "-A", "ats.celery", "beat", "--pidfile="],
    ],
)
def test_older_code_on_newer_tables_says_so_at_its_start(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "run").mkdir()  # where the beat keeps its schedule
    MigrationRecorder.Migration.objects.create(app="candidates", name="0999_of_tomorrow")
    try:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(VAR=str(tmp_path), PORT="0", PYTHONWARNINGS=os.environ.get("PYTHONWARNINGS", "")),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        MigrationRecorder.Migration.objects.filter(name="0999_of_tomorrow").delete()
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "the tables of this database are newer than this code (candidates.0999_of_tomorrow)." in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "gunicorn", "-c", "python:ats.webserver", "ats.wsgi"],
        ["-m", "celery", "--quiet", "-A", "ats.celery", "worker", "--without-gossip", "--without-mingle"],
    ],
)
def test_a_demo_is_not_served_in_production(tmp_path: Path, command: list[str]) -> None:
    make_user(Role.ADMIN, email="admin@demo.test", password=DEMO_PASSWORD)
    earnest = {
        "PRODUCTION": "1",
        "DEMO": "0",
        "SECRET_KEY": "z8-Kq" * 12,
        "BASE_URL": "https://a.example.com",
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(VAR=str(tmp_path), PORT="0", **earnest),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "accord: this database was a demo: admin@demo.test can still sign in." in said
