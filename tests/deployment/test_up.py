"""`manage.py up` from the outside, as a person at a terminal has it."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ats.embedded.sockets import addresses, free_port

pytestmark = pytest.mark.servers
ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 300  # How long a start may take on a machine that has much else to do.


class Up:
    """One `manage.py up`, and all that it says."""

    def __init__(self, var: Path, **env: str) -> None:
        self.var, self.port = var, int(env.setdefault("PORT", str(free_port())))
        self.lines: list[str] = []
        clean = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        self.env = clean | {"VAR": str(var), "DEMO": "0", **env}
        self.process = psutil.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        self.lines.extend(line.rstrip("\n") for line in self.process.stdout)

    def wait_for(self, pattern: str, seconds: float = START_SECONDS) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in tuple(self.lines):
                if re.search(pattern, line):
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        text = "\n".join(self.lines[-40:])
        pytest.fail(f"{pattern!r} was not said within {seconds} s, but:\n{text}")

    def end(self, name: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(name)
        code = int(self.process.wait(40))
        self.reader.join()
        self.process.stdout.close()
        return code


@contextlib.contextmanager
def _up(var: Path, **env: str) -> Iterator[Up]:
    up = Up(var, **env)
    try:
        yield up
    finally:
        up.end()


def _get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("u")


def test_it_starts_serves_heals_and_leaves_nothing_behind(var: Path) -> None:
    with _up(var) as up:
        # The address has a name: a browser keeps passkeys for no number. It is answered on both loopbacks.
        assert up.wait_for("Accord is ready").endswith(f"http://localhost:{up.port}/")
        for host in addresses("localhost"):
            assert _get(up.port, "/accounts/login/", host)[0] == 200

        # It is up, with hashed static files.
        assert _get(up.port, "/readyz") == (
            200,
            b'{"status": "ready", "checks": {"database": "ok", "broker": "ok", "storage": "ok", "migrations": "ok"}}',
        )
        manifest = json.loads((var / "static" / "staticfiles.json").read_text())["paths"]
        assert _get(up.port, f"/static/{manifest['vendor/tabler.css']}")[0] == 200

        # A command in another terminal finds it by VAR alone.
        env = {"PATH": os.environ["PATH"], "VAR": str(var)}
        command = [sys.executable, "manage.py", "migrate", "--check"]
        subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=60)

        # A second one is told that this folder is taken.
        with _up(var) as second:
            assert second.process.wait(60) == 1
            second.reader.join()
            assert second.lines == [
                f"accord: Accord already runs with the data of {var} (process {up.process.pid})."
            ]

        # All of the Procfile runs.
        commands = [" ".join(child.cmdline()) for child in up.process.children()]
        for words in ("gunicorn", "worker --loglevel", "worker --queues reader", "ats.celery beat"):
            assert [words in command for command in commands].count(True) == 1

        # The web server dies and comes back.
        children = up.process.children(recursive=True)
        (web,) = [child for child in up.process.children() if "gunicorn" in " ".join(child.cmdline())]
        web.kill()
        up.wait_for(r"accord +\| web ended \(signal SIGKILL\); starting it again")
        deadline = time.monotonic() + 30
        status = 0
        while status != 200 and time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _ = _get(up.port, "/healthz")
            time.sleep(0.1)
        assert status == 200

        started = time.monotonic()
        assert up.end(signal.SIGINT) == 0
        assert time.monotonic() - started < 20
    _, alive = psutil.wait_procs(children, timeout=5)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert not (var / "run" / "services.json").exists()
    assert [line for line in up.lines if "Traceback" in line] == []
    assert {line.partition(" ")[0] for line in up.lines} >= {
        "accord",
        "postgres",
        "prepare",
        "web",
        "worker",
        "reader",
    }


def test_it_starts_after_a_kill_and_the_second_start_is_quick(var: Path) -> None:
    with _up(var) as up:
        up.wait_for("Accord is ready")
        up.process.kill()
        up.process.wait()

    started = time.monotonic()
    with _up(var) as again:
        again.wait_for("Accord is ready")
        seconds = time.monotonic() - started

        assert _get(again.port, "/readyz")[0] == 200
        assert [line for line in again.lines if "collecting" in line or "tables" in line] == []
        assert seconds < 40
        assert again.end() == 0


def _refusal(up: Up) -> list[str]:
    assert up.process.wait(60) == 1
    up.reader.join()
    return [line for line in up.lines if line.startswith("accord: ")]


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with _up(tmp_path, PORT=str(port)) as up:
            assert _refusal(up) == [
                f"accord: port {port} is taken. Choose another one: make run PORT={port + 1}"
            ]
            assert len(up.lines) == 1


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with _up(tmp_path / "file" / "var") as up:
        assert up.process.wait(60) == 1
        up.reader.join()
        assert up.lines == [f"accord: {up.var} cannot be used: Not a directory."]


def test_a_database_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    port = free_port()

    with _up(tmp_path, DATABASE_URL=f"postgresql://nobody@127.0.0.1:{port}/none") as up:
        (line,) = _refusal(up)

    assert line.startswith("accord: prepare failed: the database does not answer: connection to server")
    assert [line for line in up.lines if "Traceback" in line] == []
    assert not (tmp_path / "postgres").exists()
