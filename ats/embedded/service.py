"""One program under supervision: how it starts, when it is ready, how it stops."""

import contextlib
import ctypes
import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

POLL_SECONDS = 0.05
LEFTOVER_SECONDS = 15


class Refusal(Exception):
    """Something the person at the terminal can mend; its text is one clear line."""


def processes() -> Any:
    """psutil, which comes with these servers (`requirements/run.txt`): a production install has neither."""
    try:
        import psutil
    except ModuleNotFoundError:
        raise Refusal(
            "The embedded servers are not installed: run make setup, or set DATABASE_URL."
        ) from None
    return psutil


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Service:
    name: str
    argv: list[str]
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path | None = None
    user: str | None = None  # the system user to run as, where we are root and the program refuses that
    stop_signal: signal.Signals = signal.SIGTERM
    hurry_signal: signal.Signals = signal.SIGKILL  # when a person presses Ctrl-C a second time
    stop_seconds: float = 10.0
    ready: Callable[[], bool] = _always
    ready_seconds: float = 60.0
    alive: Callable[[], bool] | None = None  # asked again and again: a process may live and serve nobody
    alive_seconds: float = 20.0  # how long it may say no before it is stopped and started again
    hush: str = ""  # lines of its output that hold this text are not shown


def die_with_parent(name: signal.Signals) -> Callable[[], None] | None:
    """Linux sends a child this signal when the supervisor is killed, so no server is left behind."""
    if platform.system() != "Linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    number = int(name)
    return lambda: prctl(1, number)


def spawn(service: Service, output: IO[bytes] | int, record: Path) -> subprocess.Popen[bytes]:
    """Start it in a process group of its own: Ctrl-C reaches the supervisor alone, which stops in order.

    Its id is added to the file `record`, by which `end_leftovers` finds it if we die without warning.
    """
    psutil = processes()
    process = subprocess.Popen(
        service.argv,
        env=dict(service.env),
        cwd=service.cwd,
        user=service.user,
        group=service.user,
        extra_groups=[] if service.user else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
        preexec_fn=die_with_parent(service.stop_signal),  # noqa: PLW1509  (no threads here)
    )
    with contextlib.suppress(psutil.Error), record.open("a") as file:
        file.write(f"{process.pid} {psutil.Process(process.pid).create_time()} {service.name}\n")
    return process


def end_leftovers(record: Path) -> list[str]:
    """End what a supervisor that was killed left running; the names of what was found."""
    if not record.exists():
        return []
    psutil, found = processes(), {}
    for line in record.read_text().splitlines():
        pid, created, name = line.split()
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(int(pid))
            alive = process.status() != psutil.STATUS_ZOMBIE
            if alive and abs(process.create_time() - float(created)) < 0.01:  # an id may be used again
                found[name] = process
                process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
    _, stubborn = psutil.wait_procs(found.values(), timeout=LEFTOVER_SECONDS)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    record.unlink(missing_ok=True)
    return sorted(found)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Whatever the program started and did not take with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def stop(service: Service, process: subprocess.Popen[bytes]) -> None:
    """End it in its own polite way, and by force when that takes too long."""
    if process.poll() is None:
        process.send_signal(service.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(service.stop_seconds)
    kill_group(process)
    process.wait()


def wait_until_ready(service: Service, process: subprocess.Popen[bytes], between: Callable[[], None]) -> None:
    """Return once the program answers; refuse when it ended or takes too long."""
    deadline = time.monotonic() + service.ready_seconds
    while not service.ready():
        if process.poll() is not None:
            raise Refusal(f"{service.name} did not start (it ended with code {process.returncode}).")
        if time.monotonic() > deadline:
            raise Refusal(f"{service.name} did not answer within {service.ready_seconds:.0f} seconds.")
        between()
