"""Workers in processes of their own, as in production: they can be killed, and see only what is committed."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests import clock

ROOT = Path(__file__).resolve().parent.parent


def environment(**more: str) -> dict[str, str]:
    """The environment in which `ats.settings` means the servers and the database of the running test."""
    url = os.environ["DATABASE_URL"]
    head, _, tail = url.partition("?")
    name = str(connection.settings_dict["NAME"])
    database = head.rpartition("/")[0] + f"/{name}" + (f"?{tail}" if tail else "")
    return (
        {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        | {
            "DJANGO_SETTINGS_MODULE": "ats.settings",
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        }
        | more
    )


def python(code: str, **more: str) -> "subprocess.Popen[str]":
    """Run this with Django set up, on the clock of the running test."""
    return subprocess.Popen(
        [sys.executable, "-c", f"{clock.FOLLOW}\nimport django; django.setup()\n{code}"],
        cwd=ROOT,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


TICK = "from django.core.management import call_command; call_command('tick', skip_checks=True)"


def finish(process: "subprocess.Popen[str]", *, within: float = 60) -> str:
    """What it said, once it has ended well."""
    output, _ = process.communicate(timeout=within)
    assert process.returncode == 0, output
    return output
