"""Mail is there within seconds where its server tells of it; whatever breaks, nothing is lost and nothing twice."""

import logging
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from ats.duework import engine
from ats.mail import arrivals, imap, mailbox, watching
from ats.mail.models import IncomingMail
from ats.settings import urls
from tests import clock, dovecot
from tests.candidates.documents.test_reader import PROCFILE, end
from tests.dovecot import Dovecot
from tests.factories import NOW
from tests.imap import Mailbox
from tests.processes import ROOT, environment

SOON = 10
"""Seconds; a tick comes once in sixty."""
needs_dovecot = pytest.mark.skipif(
    dovecot.PROGRAM is None, reason="needs Dovecot (Debian: apt-get install dovecot-imapd)"
)


def mail(number: int) -> bytes:
    head = f"From: Robin <robin@example.com>\r\nMessage-ID: <{number}@mail.example>\r\nSubject: {number}\r\n"
    return f"{head}Content-Type: text/plain\r\n\r\nThursday suits me.\r\n".encode()


def subjects() -> list[int]:
    return sorted(int(each) for each in IncomingMail.objects.values_list("subject", flat=True))


def wait_for(happened: Callable[[], object], *, within: float = SOON) -> float:
    began = time.monotonic()
    while not happened():
        assert time.monotonic() < began + within, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> Iterator[Dovecot]:
    with Dovecot(tmp_path / "box") as box:
        settings.INBOUND = urls.inbound(box.url)
        yield box


@contextmanager
def watched(monkeypatch: Any) -> Iterator[list[str]]:
    """The mailbox is watched, and what beat would ask a worker for is done by the same thread."""
    asked: list[str] = []
    over = threading.Event()

    def fetch(lane: str) -> None:
        asked.append(lane)
        try:
            engine.drain(engine.lanes()[lane], lambda: NOW, ends=None)
        finally:
            connection.close()

    monkeypatch.setattr(watching, "ANEW", 3)
    monkeypatch.setattr(watching, "PAUSES", (0.2,))
    thread = threading.Thread(target=watching.watch, args=[over, fetch])
    thread.start()
    try:
        yield asked
    finally:
        over.set()
        thread.join(30)
        assert not thread.is_alive()


@needs_dovecot
@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_whatever_becomes_of_the_line_each_message_is_a_row_once(box: Dovecot, monkeypatch: Any) -> None:
    keep, marked = arrivals.keep, []

    def looking(content: bytes, **facts: Any) -> Any:
        marked.append(box.marked())  # before its row is there
        return keep(content, **facts)

    monkeypatch.setattr(arrivals, "keep", looking)
    box.deliver(mail(1))  # while nobody watched
    mailbox._rest()  # as after a failure; whoever watches knows sooner that it may go on
    with watched(monkeypatch):
        wait_for(lambda: subjects() == [1])

        box.deliver(mail(2))
        assert wait_for(lambda: subjects() == [1, 2]) < 5

        assert box.drop() >= 1
        box.deliver(mail(3))
        wait_for(lambda: subjects() == [1, 2, 3])

        box.stop()
        box.deliver(mail(4))
        time.sleep(1)  # tries that find nobody
        box.start()
        wait_for(lambda: subjects() == [1, 2, 3, 4])
        wait_for(lambda: box.marked() == 4)

        before = box.uid_validity()
        box.forget()
        box.deliver(mail(5))
        box.start()
        wait_for(lambda: box.marked() == 5)
        assert box.uid_validity() != before

        box.deliver(mail(6))
        wait_for(lambda: box.marked() == 6)

    assert subjects() == [1, 2, 3, 4, 5, 6]
    assert marked[:4] == [0, 1, 2, 3]


@needs_dovecot
@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_beat_watches_and_a_worker_fetches(box: Dovecot, tmp_path: Path) -> None:
    """As the Procfile starts them, far more often than a tick comes."""
    (tmp_path / "var" / "run").mkdir(parents=True)
    env = environment(INBOUND_URL=box.url, PYTHONWARNINGS="ignore", VAR=str(tmp_path / "var"))
    began = []
    log = (tmp_path / "log").open("wb")
    for name in ("worker", "beat"):
        command = [sys.executable, "-m", *PROCFILE[name].split()]
        began.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
    try:
        with clock.standing_on(datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)):
            box.deliver(mail(0))
            wait_for(lambda: subjects() == [0], within=60)
            for number in range(1, 5):
                box.deliver(mail(number))
                assert wait_for(lambda: subjects() == list(range(number + 1))) < SOON  # noqa: B023
                time.sleep(2)
    finally:
        for process in began:
            end(process)
        log.close()
        print((tmp_path / "log").read_text())


class Hanging(socketserver.BaseRequestHandler):
    """Says what it is asked until it is waited for; from then on nothing at all."""

    lines = 0

    def handle(self) -> None:
        type(self).lines += 1
        self.request.sendall(b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
        with self.request.makefile("rb") as heard:
            for line in heard:
                tag, _, command = line.strip().partition(b" ")
                if command == b"IDLE":
                    self.request.sendall(b"+ idling\r\n")
                    heard.read()
                    return
                capabilities = b"* CAPABILITY IMAP4rev1 IDLE\r\n" if command == b"CAPABILITY" else b""
                self.request.sendall(capabilities + tag + b" OK done\r\n")


class Silent(socketserver.BaseRequestHandler):
    """Takes a line and says nothing."""

    lines = 0

    def handle(self) -> None:
        type(self).lines += 1
        while self.request.recv(1000):
            pass


@pytest.mark.parametrize("kind", [Hanging, Silent])
def test_a_server_that_hangs_is_left_and_tried_again(kind: Any, settings: Any, monkeypatch: Any) -> None:
    kind.lines = 0
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.INBOUND = urls.inbound(f"imap://rae:secret@127.0.0.1:{server.server_address[1]}")
    monkeypatch.setattr(imap, "TIMEOUT", 0.3)
    monkeypatch.setattr(watching, "ANEW", 0.3)
    monkeypatch.setattr(watching, "PAUSES", (0.1,))
    over, asked = threading.Event(), []
    thread = threading.Thread(target=watching.watch, args=[over, asked.append])
    thread.start()
    try:
        wait_for(lambda: kind.lines >= 3)
    finally:
        over.set()
        thread.join(10)
        server.shutdown()
        server.server_close()
    assert not thread.is_alive()
    assert (len(asked) >= 2) == (kind is Hanging)  # each new line asks once what came meanwhile


@pytest.mark.parametrize(
    ("password", "reason"), [("secret", "does not say when something comes"), ("another", "wrong password")]
)
def test_a_server_without_idle_or_another_password_is_left_alone_for_minutes(
    password: str, reason: str, settings: Any, monkeypatch: Any, caplog: Any
) -> None:
    """Nobody is locked out of a mailbox for trying too often, and it is said once."""
    waited: list[float] = []
    over = threading.Event()

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) == 3:
            over.set()
        return True

    monkeypatch.setattr(over, "wait", wait)
    with Mailbox(password=password) as box:
        settings.INBOUND = urls.inbound(f"imap://rae:secret@127.0.0.1:{box.port}")
        with caplog.at_level(logging.WARNING):
            watching.watch(over, pytest.fail)
    assert waited == [watching.REFUSED] * 3
    assert [reason in record.message for record in caplog.records] == [True]
