"""The installer's judgement; the installation itself is done by `.ci/run` on a clean checkout."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from ats.embedded import up

SCRIPT = Path(up.__file__).with_name("install.py")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, about a project in `tmp_path`."""
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "MODULES", tmp_path / "node_modules")
    for name in ("base", "node", "dev"):
        path = tmp_path / "requirements" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name}==1 --hash=sha256:0\n")
    return module


def _run(install: ModuleType, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    return install.main([]), capsys.readouterr().err


def test_an_old_python_is_one_clear_line(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.sys, "version", "3.9.2 (default)")

    assert _run(install, capsys) == (
        1,
        f"accord: Accord needs Python 3.11 or newer; {sys.executable} is 3.9.2.\n",
    )


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_missing_pip_is_one_clear_line(
    install: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    monkeypatch.setattr(
        install.importlib.util, "find_spec", lambda name: None if name == missing else object()
    )

    assert _run(install, capsys) == (
        1,
        f"accord: this Python has no {missing}: install it (Debian: apt-get install python3-venv python3-pip).\n",
    )


def test_a_full_disk_is_one_clear_line(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _: SimpleNamespace(free=12_000_000))

    assert _run(install, capsys) == (
        1,
        f"accord: only 12 MB are free on the disk of {tmp_path}; this needs 1500 MB.\n",
    )


def test_pips_own_reason_is_passed_on(
    install: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "requirements" / "run.txt").write_text("accord-no-such-file @ file:///nowhere\n")
    install.VENV.mkdir()
    install.PYTHON.parent.mkdir()
    install.PYTHON.symlink_to(sys.executable)

    code, said = _run(install, capsys)

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("accord: pip could not install the packages: ERROR: ")


def test_nothing_is_done_twice_and_dev_holds_all(install: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "requirements" / "dev.txt"
    install.VENV.mkdir()
    install.mark(install.VENV / ".installed-dev", lock)

    # Neither finds anything to do; doing something would fail, for there is no Python here.
    install.python_packages("dev")
    install.python_packages("run")

    assert install.is_current(install.VENV / ".installed-dev", lock)
    lock.write_text("dev==2\n")
    assert not install.is_current(install.VENV / ".installed-dev", lock)


def test_the_machines_npm_is_used_if_it_is_new_enough(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    npm = tmp_path / "npm"
    monkeypatch.setattr(install.shutil, "which", lambda _: str(npm))
    for version, command in (
        ("11.2.0", [str(npm)]),
        ("6.14.18", [str(install.PYTHON), "-c", install.NPM_FROM_WHEEL]),
    ):
        npm.write_text(f"#!/bin/sh\necho {version}\n")
        npm.chmod(0o755)
        install.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(npm, install.PYTHON)

        assert install.npm() == command


def test_a_start_on_a_full_disk_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(up.shutil, "disk_usage", lambda _: SimpleNamespace(free=12_000_000))
    monkeypatch.setenv("PORT", "8199")

    assert up.up(tmp_path) == 1
    assert capsys.readouterr().err == (
        f"accord: only 12 MB are free on the disk of {tmp_path}; Accord needs 300 MB.\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, port: str
) -> None:
    monkeypatch.setenv("PORT", port)

    assert up.up(tmp_path) == 1
    assert capsys.readouterr().err == f"accord: PORT must be a number from 1 to 65535, not '{port}'.\n"
