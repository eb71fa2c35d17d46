"""The embedded servers as one thing that is running or not, for tests, benchmarks and commands."""

import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ats.embedded import service as programs
from ats.embedded.postgres import Cluster
from ats.embedded.service import Refusal, Service
from ats.embedded.sockets import free_port, greets
from ats.embedded.valkey import Store

LOCK, RECORD = "lock", "children"


def mail_service(folder: Path, port: int) -> Service:
    root = Path(__file__).resolve().parent.parent.parent
    return Service(
        name="mail",
        argv=[sys.executable, "-m", "ats.embedded.mailcatcher", "127.0.0.1", str(port), str(folder)],
        cwd=root,
        ready=lambda: greets("127.0.0.1", port),
        alive=lambda: greets("127.0.0.1", port),
    )


@contextlib.contextmanager
def locked(var: Path) -> Iterator[Path]:
    """Only one supervisor at a time for a data folder; the lock goes when its holder dies.

    Ends what a killed holder left running, and gives the file that records what is started now.
    """
    run = var / "run"
    run.mkdir(parents=True, exist_ok=True)
    with (run / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Refusal(
                f"Accord already runs with the data of {var} (process {file.read().strip() or 'unknown'})."
            ) from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        programs.end_leftovers(run / RECORD)
        yield run / RECORD
        (run / RECORD).unlink(missing_ok=True)


def write_services(var: Path, urls: dict[str, str]) -> Path:
    """Tell every other process of this data folder where the servers are, all at once."""
    path = var / "run" / "services.json"
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(urls | {"PID": str(os.getpid())}, indent=1))
    fresh.replace(path)
    return path


@contextlib.contextmanager
def running(
    var: Path, *, postgres: bool = True, valkey: bool = True, mail: bool = False, fsync: bool = True
) -> Iterator[dict[str, str]]:
    """Start the servers asked for, hand out their addresses, stop them at the end.

    The addresses also stand in `VAR/run/services.json`, so that commands with this VAR find them. The
    servers' own output goes to `VAR/run/<name>.log`. Refuses while another supervisor has the folder.
    """
    urls: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        record = stack.enter_context(locked(var))
        if postgres:
            cluster = Cluster(var, fsync=fsync)
            cluster.prepare()
            stack.enter_context(_started(cluster.service(), record))
            urls["DATABASE_URL"] = cluster.url()
        if valkey:
            store = Store(var, durable=fsync)
            store.prepare()
            stack.enter_context(_started(store.service(), record))
            urls["REDIS_URL"] = store.url()
        if mail:
            port = free_port()
            (var / "mail").mkdir(exist_ok=True)
            stack.enter_context(_started(mail_service(var / "mail", port), record))
            urls["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        stack.callback(write_services(var, urls).unlink, missing_ok=True)
        yield urls


@contextlib.contextmanager
def _started(service: Service, record: Path) -> Iterator[None]:
    with record.with_name(f"{service.name}.log").open("ab") as log:
        process = programs.spawn(service, log, record)
    try:
        programs.wait_until_ready(service, process, lambda: time.sleep(programs.POLL_SECONDS))
        yield
    finally:
        programs.stop(service, process)
