"""`manage.py up`: the whole of Accord on this machine, under one supervisor."""

import contextlib
import http.client
import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ats.embedded import DEMO_PASSWORD, moving, servers
from ats.embedded.postgres import Cluster
from ats.embedded.service import Refusal, Service
from ats.embedded.sockets import addresses, free_port, port_is_free
from ats.embedded.supervisor import StopAsked, Supervisor
from ats.embedded.valkey import Store

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED_MEGABYTES = 300
TICK_SECONDS = 900
"""So long without a tick, which comes every minute, and worker and beat are started afresh."""
SIGN_INS = ("admin", "recruiter", "coordinator", "manager", "interviewer", "lead")


def up(var: Path) -> int:
    """Start everything, keep it running until asked to stop, stop it; the exit code."""
    try:
        with contextlib.ExitStack() as stack:
            var.mkdir(parents=True, exist_ok=True)
            supervisor = Supervisor(stack.enter_context(servers.locked(var)))
            stack.enter_context(supervisor.signals())
            stack.callback(supervisor.stop_all)
            if moving.finish(var):
                supervisor.say("finished a restore that was cut off")
            with contextlib.suppress(StopAsked):
                _start_everything(supervisor, var, stack)
                supervisor.run()
            supervisor.say("stopping")
    except Refusal as problem:
        return _complain(str(problem))
    except OSError as problem:
        return _complain(f"{problem.strerror or problem}: {problem.filename or var}")
    return 0


def _start_everything(supervisor: Supervisor, var: Path, stack: contextlib.ExitStack) -> None:
    host, port = os.environ.get("HOST", "localhost"), _port()
    if not all(port_is_free(address, port) for address in addresses(host)):
        raise Refusal(f"port {port} is taken. Choose another one: make run PORT={port + 1}")
    free = shutil.disk_usage(var).free // 1_000_000
    if free < NEEDED_MEGABYTES:
        raise Refusal(f"only {free} MB are free on the disk of {var}; Accord needs {NEEDED_MEGABYTES} MB.")

    demo = os.environ.get("DEMO", "1")
    urls = _start_servers(supervisor, var)
    if "BASE_URL" not in os.environ:
        # A name and not a number: browsers keep passkeys for names alone.
        named = "localhost" if host in {"0.0.0.0", "127.0.0.1", "::1"} else host  # noqa: S104
        urls["BASE_URL"] = f"http://{named}:{port}"
    note = servers.write_services(var, urls | {"DEMO": demo})
    stack.callback(note.unlink, missing_ok=True)

    env = os.environ | urls
    # On a laptop or in a container root is who one is: Celery's advice helps nobody there.
    env["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    env |= {"VAR": str(var), "HOST": host, "PORT": str(port), "DEMO": demo, "PYTHONUNBUFFERED": "1"}
    prepare = [sys.executable, "-m", "ats.embedded.prepare"]
    supervisor.finish(Service(name="prepare", argv=prepare, env=env, cwd=ROOT))
    ticks = Ticks(var / "run" / "tick")
    supervisor.start(_at_work("worker", env, ticks))
    supervisor.start(_program("reader", env))
    web = _program("web", env)
    supervisor.start(
        replace(
            web,
            ready=lambda: _answers(host, port, "/readyz"),
            alive=lambda: _answers(host, port, "/healthz"),
            alive_seconds=60,  # one that is busy is not to lose what it is busy with
        )
    )
    supervisor.start(_at_work("beat", env, ticks))
    _greet(supervisor.say, env, var)


def _start_servers(supervisor: Supervisor, var: Path) -> dict[str, str]:
    """Start each server for which the environment names none; their addresses."""
    urls = {}
    if "DATABASE_URL" not in os.environ:
        supervisor.say("starting PostgreSQL")
        cluster = Cluster(var)
        cluster.prepare()
        supervisor.start(cluster.service())
        urls["DATABASE_URL"] = cluster.url()
    if "REDIS_URL" not in os.environ:
        supervisor.say("starting Valkey")
        store = Store(var)
        store.prepare()
        supervisor.start(store.service())
        urls["REDIS_URL"] = store.url()
    if "EMAIL_URL" not in os.environ:
        mail_port = free_port()
        supervisor.start(servers.mail_service(var / "mail", mail_port))
        urls["EMAIL_URL"] = f"smtp://127.0.0.1:{mail_port}"
    return urls


def _program(name: str, env: dict[str, str]) -> Service:
    """What the Procfile says under that name: production and this machine run the same."""
    commands = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    return Service(name=name, argv=[sys.executable, "-m", *shlex.split(commands[name])], env=env, cwd=ROOT)


def _at_work(name: str, env: dict[str, str], ticks: "Ticks") -> Service:
    return replace(_program(name, env), alive=ticks.come, ready_seconds=TICK_SECONDS / 3)


def _answers(host: str, port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Ticks:
    """Whether due work is done: every tick touches a file (`ats.duework.heartbeat`).

    Judged by when a change was seen and not by the clock of the file: a machine may sleep.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp, self._seen = self._read(), time.monotonic()

    def come(self) -> bool:
        stamp, now = self._read(), time.monotonic()
        if stamp != self._stamp:
            self._stamp, self._seen = stamp, now
        return now - self._seen < TICK_SECONDS

    def _read(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0


def _greet(say: Callable[[str], None], env: dict[str, str], var: Path) -> None:
    base = env["BASE_URL"].rstrip("/")
    say("")
    say(f"Accord is ready:  {base}/")
    say(f"  careers site    {base}/careers/")
    say(f"  API             {base}/api/docs/")
    if "EMAIL_URL" not in os.environ:
        say(f"  mail            kept in {var / 'mail'}")
    elif env["DEMO"] == "1":
        say(f"  mail            to the demo's people kept in {var / 'mail'}, all other sent")
    if env["DEMO"] == "1":
        say(f"  sign in as      {', '.join(f'{name}@demo.test' for name in SIGN_INS)}")
        say(f"  password        {DEMO_PASSWORD}")
    else:
        given = f"VAR={os.environ['VAR']} " if os.environ.get("VAR", "var") != "var" else ""
        say(f"  first person    {given}.venv/bin/python manage.py createsuperuser")
    say(f"Ctrl-C stops everything; the data stay in {var}")
    say("")


def _port() -> int:
    value = os.environ.get("PORT", "8000")
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise Refusal(f"PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def _complain(text: str) -> int:
    print(f"accord: {text}", file=sys.stderr)
    return 1
