"""Programs under supervision: their output, their end, their return."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg2
import pytest

from ats.embedded.postgres import Cluster
from ats.embedded.service import Refusal, Service
from ats.embedded.supervisor import StopAsked, Supervisor
from ats.embedded.up import Ticks
from ats.embedded.valkey import Store

pytestmark = pytest.mark.servers

# A supervisor as a process of its own, so that it can be sent signals as from a terminal.
SUPERVISE = """
import sys
from pathlib import Path
from ats.embedded.service import Service
from ats.embedded.supervisor import Supervisor

supervisor = Supervisor(Path(sys.argv[1]) / "children")
with supervisor.signals():
    for name, code in zip(sys.argv[2::2], sys.argv[3::2]):
        supervisor.start(Service(name=name, argv=[sys.executable, "-u", "-c", code], stop_seconds=20))
    supervisor.run()
    supervisor.stop_all()
"""
SAYS_WHEN_IT_ENDS = """
import signal, sys, time
def end(*_):
    print("bye")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("here")
while True:
    time.sleep(1)
"""
IS_STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("here")
while True:
    time.sleep(1)
"""


def _ended(process: psutil.Process) -> bool:
    """Gone, or a zombie that only waits to be collected by the machine's first process."""
    try:
        process.wait(5)
        return True
    except psutil.TimeoutExpired:
        return bool(process.status() == psutil.STATUS_ZOMBIE)


Start = Callable[..., psutil.Popen]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Start]:
    """Starts a supervisor over (name, code) pairs; ends it after the test."""
    started: list[psutil.Popen] = []

    def start(*programs: tuple[str, str]) -> psutil.Popen:
        arguments = [part for program in programs for part in program]
        process = psutil.Popen(
            [sys.executable, "-u", "-c", SUPERVISE, str(tmp_path), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def _read_until(process: psutil.Popen, wanted: str) -> list[str]:
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if wanted in line:
            return lines
    pytest.fail(f"{wanted!r} was never said, but: {lines}")


def test_each_line_carries_the_name_of_who_said_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor = Supervisor(tmp_path / "children")

    supervisor.finish(Service(name="one", argv=[sys.executable, "-c", "print('a\\nb', end='')"]))
    supervisor.finish(
        Service(name="three", argv=[sys.executable, "-c", "import sys; sys.stderr.write('c\\n')"])
    )

    assert capsys.readouterr().out == "one    | a\none    | b\nthree  | c\n"


def test_the_last_started_is_stopped_first(supervise: Start) -> None:
    process = supervise(("first", SAYS_WHEN_IT_ENDS), ("second", SAYS_WHEN_IT_ENDS))
    for _ in range(2):  # whichever is up sooner
        _read_until(process, "| here")

    process.send_signal(signal.SIGTERM)
    said = process.stdout.read().splitlines()

    assert [line for line in said if "bye" in line] == ["second | bye", "first  | bye"]
    assert process.wait(10) == 0


def test_who_dies_is_started_again(supervise: Start) -> None:
    process = supervise(("web", SAYS_WHEN_IT_ENDS))
    _read_until(process, "here")
    (child,) = process.children()

    child.kill()
    said = _read_until(process, "here")

    assert said == ["accord | web ended (signal SIGKILL); starting it again in 1 s", "web    | here"]
    (fresh,) = process.children()
    assert fresh.pid != child.pid
    process.terminate()
    process.stdout.read()
    assert process.wait(10) == 0


def test_the_pause_grows_while_it_keeps_failing(supervise: Start) -> None:
    process = supervise(("web", "raise SystemExit(3)"))

    said = _read_until(process, "in 4 s")

    assert said == [f"accord | web ended (code 3); starting it again in {pause} s" for pause in (1, 2, 4)]
    process.terminate()
    process.stdout.read()
    assert process.wait(10) == 0


def test_a_second_wish_hurries(supervise: Start) -> None:
    process = supervise(("web", IS_STUBBORN))
    _read_until(process, "here")
    process.send_signal(signal.SIGINT)
    time.sleep(1)
    assert process.is_running()

    started = time.monotonic()
    process.send_signal(signal.SIGINT)

    process.stdout.read()
    assert process.wait(10) == 0
    assert time.monotonic() - started < 5


def test_nobody_is_left_when_the_supervisor_is_killed(supervise: Start) -> None:
    process = supervise(("web", SAYS_WHEN_IT_ENDS))
    _read_until(process, "here")
    children = process.children()

    process.kill()

    gone, alive = psutil.wait_procs(children, timeout=10)
    assert (len(gone), alive) == (1, [])


def test_what_a_program_started_itself_goes_with_it(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path / "children")
    code = "import subprocess as s, time; print(s.Popen(['sleep', '60']).pid, flush=True); time.sleep(600)"
    told = lambda: bool(supervisor.children and supervisor.children[0].lines)  # noqa: E731
    supervisor.start(Service(name="web", argv=[sys.executable, "-c", code], ready=told))
    grandchild = psutil.Process(int(supervisor.children[0].lines[0]))

    supervisor.stop_all()

    assert _ended(grandchild)


def test_who_does_not_start_says_why(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path / "children")
    code = "print('the disk is full'); raise SystemExit(2)"

    with pytest.raises(Refusal) as refusal:
        supervisor.start(Service(name="db", argv=[sys.executable, "-c", code], ready=lambda: False))
    supervisor.stop_all()

    assert str(refusal.value) == "db did not start (it ended with code 2). the disk is full"


class Watched(Supervisor):
    """One that is asked to stop as soon as `until` holds."""

    def __init__(self, folder: Path, until: Callable[[], bool]) -> None:
        super().__init__(folder / "children")
        self.until = until
        self.ends = time.monotonic() + 90

    def _turn(self, seconds: float) -> None:
        super()._turn(min(seconds, 0.1))
        if self.children and (self.until() or time.monotonic() > self.ends):
            raise StopAsked

    def see_it_serve(self) -> None:
        """Whoever was never seen to serve is given a minute for its start."""
        while self.children[0].served is None:
            self._look_after(self.children[0])
            self._turn(0.05)


def test_who_lives_but_serves_nobody_is_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ats.embedded.supervisor.LOOK_SECONDS", 0.1)
    first: list[int] = []

    def alive() -> bool:
        """The first one serves for a moment only."""
        process = supervisor.children[0].process
        first.append(process.pid)
        return process.pid != first[0] or len(first) < 3

    service = Service(
        name="web",
        argv=[sys.executable, "-u", "-c", IS_STUBBORN],
        stop_seconds=1,
        alive=alive,
        alive_seconds=0.5,
    )
    supervisor = Watched(tmp_path, lambda: bool(first) and supervisor.children[0].process.pid != first[0])
    supervisor.start(service)
    with contextlib.suppress(StopAsked):
        supervisor.run()
    supervisor.stop_all()

    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("accord")]
    assert said == [
        "accord | web lives but serves nobody; stopping it, to start it again",
        "accord | web ended (signal SIGKILL); starting it again in 1 s",
    ]


def test_who_does_not_serve_yet_is_given_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ats.embedded.supervisor.LOOK_SECONDS", 0.1)
    looks: list[int] = []
    service = Service(
        name="web",
        argv=[sys.executable, "-u", "-c", SAYS_WHEN_IT_ENDS],
        alive=lambda: bool(looks.append(1)),  # type: ignore[func-returns-value]
        alive_seconds=0,
    )
    supervisor = Watched(tmp_path, lambda: len(looks) > 5)
    supervisor.start(service)
    process = supervisor.children[0].process
    with contextlib.suppress(StopAsked):
        supervisor.run()

    assert process.poll() is None
    supervisor.stop_all()


def test_a_database_that_takes_no_more_sessions_is_started_again(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGTERM makes PostgreSQL wait for its sessions to end, and those of workers never do."""
    monkeypatch.setattr("ats.embedded.supervisor.LOOK_SECONDS", 0.5)
    folder = tmp_path_factory.mktemp("p")
    cluster = Cluster(folder, fsync=False)
    cluster.prepare()
    supervisor = Watched(
        folder, lambda: told not in {0, supervisor.children[0].process.pid} and cluster.ready()
    )
    told = 0
    supervisor.start(replace(cluster.service(), alive_seconds=2))
    supervisor.see_it_serve()
    held = psycopg2.connect(cluster.url())
    told = supervisor.children[0].process.pid
    supervisor.children[0].process.terminate()
    with contextlib.suppress(StopAsked):
        supervisor.run()

    try:
        assert supervisor.children[0].process.pid != told
        with contextlib.closing(psycopg2.connect(cluster.url())) as fresh, fresh.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
    finally:
        held.close()
        supervisor.stop_all()


def test_a_frozen_broker_is_started_again(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ats.embedded.supervisor.LOOK_SECONDS", 0.2)
    folder = tmp_path_factory.mktemp("k")
    store = Store(folder, durable=False)
    store.prepare()
    supervisor = Watched(
        folder, lambda: frozen not in {0, supervisor.children[0].process.pid} and store.ready()
    )
    frozen = 0
    supervisor.start(replace(store.service(), alive_seconds=1, stop_seconds=1))
    supervisor.see_it_serve()
    frozen = supervisor.children[0].process.pid
    supervisor.children[0].process.send_signal(signal.SIGSTOP)
    with contextlib.suppress(StopAsked):
        supervisor.run()

    assert supervisor.children[0].process.pid != frozen
    assert store.ready()
    supervisor.stop_all()


def test_work_that_is_due_and_not_done_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ats.embedded.up.TICK_SECONDS", 0.3)
    file = tmp_path / "tick"
    ticks = Ticks(file)
    assert ticks.come()  # it has time for the first one
    time.sleep(0.4)
    assert not ticks.come()
    file.touch()
    assert ticks.come()
    time.sleep(0.4)
    assert not ticks.come()
