"""Compose, Procfile, Dockerfile, settings and README say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ats.embedded import letters
from ats.embedded.postgres import LOCALE
from ats.embedded.up import _program

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
APP_SERVICES = ("migrate", "web", "worker", "reader", "beat")
# Variables that one machine's `make run` or its web server read, and not the settings.
OUTSIDE_SETTINGS = {"HOST", "PORT", "WEB_WORKERS", "WEB_THREADS"}
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "z8-Kq" * 12,
    "BASE_URL": "https://jobs.example.com",
    "DATABASE_URL": "postgresql://accord:secret@db.example.com/accord",
    "REDIS_URL": "redis://broker.example.com:6379/0",
    "EMAIL_URL": "smtp://mail.example.com:587?tls=1",
    "MAIL_FROM": "Example Hiring <hiring@example.com>",
}


def _settings_variables() -> set[str]:
    """Every variable that the settings read."""
    text = (ROOT / "ats" / "settings" / "__init__.py").read_text()
    return set(re.findall(r"(?:env\.(?:text|flag|number|words|choice)|_server)\(\s*\"([A-Z_]+)\"", text))


def _manage(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", ["web", "worker", "reader", "beat"])
def test_compose_and_this_machine_run_what_the_procfile_says(name: str) -> None:
    assert COMPOSE["services"][name]["command"] == PROCFILE[name]
    assert " ".join(_program(name, {}).argv[2:]) == PROCFILE[name]


def test_composes_database_orders_words_and_knows_letters_as_this_machines_own() -> None:
    made = COMPOSE["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert made.split() == [*LOCALE, f"--lc-ctype={letters.KNOWN[0]}"]


def test_the_image_runs_web_unless_told_otherwise() -> None:
    command = (ROOT / "Dockerfile").read_text().splitlines()[-1]

    assert command == "CMD [" + ", ".join(f'"{word}"' for word in PROCFILE["web"].split()) + "]"


def test_the_readme_lists_every_variable_and_no_other() -> None:
    section = (ROOT / "README.md").read_text().partition("## Configuration")[2].partition("## Production")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row[1] + row[3])}

    assert listed - {"GUNICORN_CMD_ARGS"} == _settings_variables() | OUTSIDE_SETTINGS


@pytest.mark.parametrize("name", APP_SERVICES)
def test_compose_sets_only_what_settings_read_and_all_that_production_needs(name: str) -> None:
    environment = COMPOSE["services"][name]["environment"]

    assert environment.keys() - _settings_variables() == set()
    assert PRODUCTION.keys() - environment.keys() == set()


def test_nothing_secret_is_baked_in() -> None:
    secrets = [value for value in COMPOSE["services"]["web"]["environment"].values() if "$" in value]

    assert [re.findall(r"\$\{[A-Z_]+:\?[^}]+\}", value) != [] for value in secrets] == [True] * len(secrets)
    assert re.findall(r"(?i)(secret_key|password|token)\s*=", (ROOT / "Dockerfile").read_text()) == []


def test_every_service_of_compose_says_whether_it_is_well() -> None:
    services = {name: service for name, service in COMPOSE["services"].items() if name != "migrate"}

    assert [name for name, service in services.items() if "healthcheck" not in service] == []
    mounted = {
        volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", [])
    }
    assert mounted == set(COMPOSE["volumes"])


def test_all_but_the_servers_wait_for_the_tables() -> None:
    for name in ("web", "worker", "reader", "beat"):
        waits = COMPOSE["services"][name]["depends_on"]
        assert waits == {"migrate": {"condition": "service_completed_successfully"}}


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"PRODUCTION", "MAIL_FROM"}))
def test_a_production_start_without_a_needed_setting_says_which(name: str, tmp_path: Path) -> None:
    env = {key: value for key, value in PRODUCTION.items() if key != name} | {"VAR": str(tmp_path)}

    answer = _manage(env, "check")

    assert answer.returncode == 1
    assert answer.stderr == f"accord: Set {name} in the environment (see README, Configuration).\n"


def test_a_complete_production_set_up_passes_every_check(tmp_path: Path) -> None:
    answer = _manage(PRODUCTION | {"VAR": str(tmp_path)}, "check", "--deploy", "--fail-level", "WARNING")

    assert (answer.returncode, answer.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ), answer.stderr


def test_a_newcomers_set_up_is_told_what_production_lacks(tmp_path: Path) -> None:
    answer = _manage({"VAR": str(tmp_path), "DEMO": "1"}, "check", "--deploy")

    ids = set(re.findall(r"\(ats\.([EW]\d+)\)", answer.stderr))
    assert ids == {"W010", "E011", "E012", "E013", "W014"}


def test_a_command_without_a_database_says_how_to_get_one(tmp_path: Path) -> None:
    answer = _manage({"VAR": str(tmp_path)}, "showmigrations")

    assert answer.returncode == 1
    assert answer.stderr == (
        f"accord: no database runs for {tmp_path}: start one with `make run`, or set DATABASE_URL.\n"
    )


def test_lock_files_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert re.findall(r"https?://\S+", path.read_text()) == [], path.name
    assert re.findall(r'"resolved": *"http', (ROOT / "package-lock.json").read_text()) == []
