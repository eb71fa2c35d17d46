"""A house of an older build, with work waiting in it, runs on: what stands in its rows still means something.

`older/b84538f.tar.gz` is the demo company of build b84538f (22 November 2026) as it stood on 28 November: its
rows as COPY writes them, one file a table with the columns in the first line, and the files of eight documents
that nobody had read yet. Mail that had left lost its words, and small jobs that were done are not in it.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests.smtp import Catcher

pytestmark = pytest.mark.servers
ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = Path(__file__).resolve().parent / "older" / "b84538f.tar.gz"
LEFT_AT = datetime(2026, 11, 28, 20, 48, tzinfo=UTC)
THEN = {
    "ats": "0005_approvals_on_their_way",
    "requisitions": "0005_plan_templates",
    "candidates": "0014_evidence_never_given",
    "partners": "0004_terms_in_days_or_hours",
}
"""The newest migrations of that build."""

WAITING = {
    "booking.expire": 18,
    "documents.read": 8,
    "hires.check": 3,
    "hires.first_day": 3,
    "interview.call_off": 1,
    "interview.end": 4,
    "interview.remind": 8,
}
"""Small jobs that waited, by kind."""

MIGRATE_TO = """
    from django.core.management import call_command
    for app, name in {then}.items():
        call_command("migrate", app, name, verbosity=0)
"""
RUN_ON = """
    import json
    from datetime import datetime, timedelta
    from django.core.management import call_command
    from django.db import connection
    from django.db.models import Count
    from tests import clock

    call_command("migrate", verbosity=0)
    from ats.duework import queries
    from ats.mail.models import OutgoingMail
    from ats.models import Activity, DueTask
    from ats.activity import verbs
    from candidates.models import Application, Document, FollowUp, Promise

    def waiting(due_by=None):
        rows = DueTask.objects.filter(state="waiting", **({"due_at__lte": due_by} if due_by else {}))
        return dict(rows.order_by("kind").values_list("kind").annotate(Count("pk")))

    def promised():
        open_ones = Promise.objects.open().values_list("application")
        return sorted(pk for pk, in open_ones) == sorted(Application.objects.active().values_list("pk", flat=True))

    before = {"waiting": waiting(), "promised": promised(), "active": Application.objects.active().count()}
    mails = OutgoingMail.objects.order_by("-pk").first().pk
    for moment in map(datetime.fromisoformat, MOMENTS):
        with clock.standing_on(moment):
            call_command("tick", skip_checks=True)
    print(json.dumps({
        "before": before,
        "left": waiting(due_by=moment),
        "states": sorted(set(DueTask.objects.values_list("state", flat=True))),
        "set_aside": [f"{row.model} {row.pk} {row.error}" for row in queries.set_aside()],
        "promised": promised(),
        "follow_ups": FollowUp.objects.filter(state="waiting", due_at__lte=moment).count(),
        "read": Document.objects.filter(reading="read").count(),
        "mails": dict(OutgoingMail.objects.filter(pk__gt=mails).order_by().values_list("state").annotate(Count("pk"))),
        "verbs": sorted(set(Activity.objects.values_list("verb", flat=True)) - set(verbs.known())),
    }))
"""


@pytest.fixture
def older(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a database and a VAR of their own, as that build left them."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"older_{os.getpid()}"
    with Catcher() as mail:
        clean = {
            key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "REDIS_URL"}
        }
        environment = clean | {
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "ats.settings",
            "DEMO": "0",
        }
        server = psycopg2.connect(os.environ["DATABASE_URL"])
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            try:
                yield environment
            finally:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


def run(environment: dict[str, str], code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{textwrap.dedent(code)}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def move_in(environment: dict[str, str]) -> None:
    """Fill the tables of that build with its rows, and VAR with its files."""
    house = psycopg2.connect(environment["DATABASE_URL"])
    with tarfile.open(HOUSE) as packed, house, house.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows come in any order
        cursor.execute("TRUNCATE django_content_type, auth_permission CASCADE")
        for entry in packed:
            data = packed.extractfile(entry)
            assert data is not None
            folder, _, name = entry.name.partition("/")
            if folder == "files":
                path = Path(environment["VAR"]) / "files" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data.read())
                continue
            columns, _, rows = data.read().partition(b"\n")
            cursor.execute(f"DELETE FROM {name}")
            cursor.copy_expert(f"COPY {name} ({columns.decode()}) FROM STDIN", io.BytesIO(rows))
            if b"id" in columns.split(b","):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                )
    house.close()


def test_work_that_waited_is_done_by_this_build(older: dict[str, str]) -> None:
    run(older, MIGRATE_TO.format(then=THEN))
    move_in(older)
    ticks = [
        LEFT_AT + timedelta(minutes=15),
        *(LEFT_AT + timedelta(days=day, hours=-9) for day in (2, 9, 40)),
        LEFT_AT
        + timedelta(days=40, hours=-9, minutes=1),  # what a tick plans while it runs is done by the next
    ]

    found: dict[str, Any] = json.loads(
        run(
            older, f"MOMENTS = {[tick.isoformat() for tick in ticks]}\n{textwrap.dedent(RUN_ON)}"
        ).splitlines()[-1]
    )

    assert found["before"] == {"waiting": WAITING, "promised": True, "active": found["before"]["active"]}
    assert (found["left"], found["set_aside"], found["verbs"], found["follow_ups"]) == ({}, [], [], 0)
    assert found["promised"]
    assert found["read"] == WAITING["documents.read"]
    assert list(found["mails"]) == ["sent"]
