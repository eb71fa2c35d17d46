"""A tour that looks ahead: what `tick --now` does in the demo lies in nobody's future."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)

NOW = "from django.utils import timezone; print(timezone.now().isoformat())"


def run(var: Path, code: str, demo: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env=environment(VAR=str(var), DEMO=demo),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def tick(moment: datetime) -> str:
    return (
        f"from django.core.management import call_command; call_command('tick', now='{moment.isoformat()}')"
    )


def test_the_demos_clock_goes_along_and_never_back(tmp_path: Path) -> None:
    before = datetime.fromisoformat(run(tmp_path, NOW, "1").strip())
    ahead, less = before + timedelta(days=12), before + timedelta(days=3)

    said = run(tmp_path, tick(ahead), "1")

    assert said.startswith(
        f"The demo's clock goes on from {ahead.astimezone(UTC):%A %d %B %Y, %H:%M} UTC, on every"
    )
    after = datetime.fromisoformat(run(tmp_path, NOW, "1").strip())
    assert ahead < after < ahead + timedelta(minutes=5)

    assert "goes on from" not in run(tmp_path, tick(less), "1")
    assert datetime.fromisoformat(run(tmp_path, NOW, "1").strip()) > ahead


def test_where_no_demo_is_the_clock_is_the_clock(tmp_path: Path) -> None:
    before = datetime.fromisoformat(run(tmp_path, NOW, "0").strip())

    assert "goes on from" not in run(tmp_path, tick(before + timedelta(days=12)), "0")

    assert datetime.fromisoformat(run(tmp_path, NOW, "0").strip()) < before + timedelta(minutes=5)
    assert [path.name for path in tmp_path.iterdir() if "clock" in path.name] == []
