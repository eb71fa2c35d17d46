"""The reader of files: on its own, one file at a time, and nothing is lost with it."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
import time_machine
from django.utils import timezone

from ats.duework import tasks, ticking
from ats.duework.engine import lanes
from ats.duework.models import MAX_ATTEMPTS, DueTask, TaskState
from candidates.applications.actions.receive import apply
from candidates.documents import reading
from candidates.documents.actions import attach
from candidates.models import Document
from tests import clock
from tests.candidates.documents import files
from tests.candidates.helpers import submission
from tests.factories import NOW, make_candidate, make_post, make_requisition
from tests.processes import ROOT, environment, python
from tests.smtp import Catcher

SLEEPS = """
import time
from candidates.documents import reading
reading.run_child = lambda *_, seconds: time.sleep(seconds)
"""
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def wait_for(happened: Callable[[], object], *, within: float) -> float:
    """How long it took."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() < began + within, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def hand_in(name: str = "cv.txt", content: bytes = files.TXT) -> Document:
    return attach(
        candidate=make_candidate(),
        application=None,
        kind="resume",
        upload=files.upload(name, content),
        by=None,
        now=NOW,
    )


def end(process: Any) -> None:
    """Killed, with all that it started, as a machine that goes."""
    with contextlib.suppress(psutil.NoSuchProcess):
        for each in psutil.Process(process.pid).children(recursive=True):
            each.kill()
    process.kill()
    process.communicate()


@contextlib.contextmanager
def at_work(*names: str) -> Iterator[None]:
    """Celery workers as the Procfile starts them, whose files take all the time they may.

    A pool's process does nothing on the clock of the tests, so they have the machine's, and the test with them.
    """
    started = []
    for name in names:
        words = PROCFILE[name].partition("ats.celery ")[2].split()
        code = (
            f"import django; django.setup()\n{SLEEPS}\nfrom ats.celery import app; app.worker_main({words!r})"
        )
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=ROOT,
                env=environment(PYTHONWARNINGS="ignore"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
    try:
        with clock.standing_on(datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)):
            yield
    finally:
        for process in started:
            end(process)


def answering(*names: str) -> bool:
    from ats.celery import app

    found = app.control.ping(timeout=0.3)
    return {name.partition("@")[0] for answer in found for name in answer} == set(names)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_ten_files_that_take_their_time_hold_up_no_letter(smtp: Catcher) -> None:
    post = make_post(make_requisition())
    with at_work("worker", "reader"):
        wait_for(lambda: answering("celery", "reader"), within=60)
        for number in range(10):
            file = files.upload("cv.txt", files.TXT)
            apply(submission=submission(post, email=f"{number}@example.com", resume=file), now=timezone.now())
        wait_for(lambda: DueTask.objects.filter(state=TaskState.RUNNING).exists(), within=20)

        apply(submission=submission(post, email="ordinary@example.com"), now=timezone.now())

        assert wait_for(lambda: smtp.to("ordinary@example.com"), within=20) <= 3
        assert DueTask.objects.filter(kind="documents.read", state=TaskState.RUNNING).count() == 1
        wait_for(lambda: len(smtp.messages) == 11, within=20)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_reader_that_dies_takes_no_file_with_it() -> None:
    first, second = hand_in(), hand_in()
    reader = python(
        f"{SLEEPS}\nfrom ats.duework import tasks\nfrom tests.factories import NOW\ntasks.run_outside(NOW)"
    )
    wait_for(lambda: DueTask.objects.filter(state=TaskState.RUNNING).exists(), within=60)
    end(reader)

    assert tasks.run_outside(NOW) == 1  # the other one: somebody may still be at the first
    assert [each.reading for each in Document.objects.order_by("id")] == ["waiting", "read"]
    DueTask.objects.filter(state=TaskState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert tasks.run_outside(NOW) == 0
    assert tasks.run_outside(NOW + timedelta(minutes=1)) == 1
    for document in (first, second):
        document.refresh_from_db()
        assert (document.reading, document.text) == ("read", files.WORDS)


@pytest.mark.django_db
def test_a_file_that_ends_its_readers_is_said_to_be_unreadable_in_the_end() -> None:
    document = hand_in()
    DueTask.objects.update(attempts=MAX_ATTEMPTS - 1)

    tasks.run_outside(NOW)

    document.refresh_from_db()
    assert (document.reading, document.reading_problem) == ("failed", reading.GAVE_UP)
    assert DueTask.objects.get().state == TaskState.DONE


@pytest.mark.django_db
def test_other_workers_leave_files_to_the_reader_and_their_tick_asks_for_it(monkeypatch: Any) -> None:
    asked: list[tuple[str, str | None, int]] = []
    monkeypatch.setattr(tasks, "_broker_gone_until", 0.0)
    monkeypatch.setattr(
        tasks.run_lane,
        "apply_async",
        lambda args, queue, priority, **_: asked.append((args[0], queue, priority)),
    )
    hand_in()

    tasks.tick()
    tasks.ask_for("mail")

    assert "outside-tasks" not in ticking.in_turns(NOW, budget=timedelta(0))
    assert DueTask.objects.get().state == TaskState.WAITING
    reader = [("outside-tasks", "reader", 0), ("later-tasks", "reader", 9), ("resumes", "reader", 0)]
    assert asked == [*reader, ("mail", None, 0)]
    assert ticking.hint(lanes()["outside-tasks"], lambda: NOW, budget=timedelta(seconds=50)) is False
    assert DueTask.objects.get().state == TaskState.DONE


@pytest.mark.servers
def test_who_reads_a_file_goes_with_its_reader(tmp_path: Path) -> None:
    """The process of a reader that was killed would go on alone, with a file that nobody waits for."""
    os.mkfifo(tmp_path / "file")  # it waits for the words of this file until it is ended
    module = "candidates.documents.reading.child"
    reader = python(
        f"from ats.sandbox import run_child; run_child({module!r}, {str(tmp_path)!r}, 'txt', seconds=60)"
    )
    try:
        parent = psutil.Process(reader.pid)
        wait_for(parent.children, within=30)
        (child,) = parent.children()
        status = Path(f"/proc/{child.pid}/status")
        wait_for(lambda: "NoNewPrivs:\t1" in status.read_text(), within=30)  # it has shut itself in
    finally:
        reader.kill()
        reader.communicate()

    assert psutil.wait_procs([child], timeout=5)[1] == []
