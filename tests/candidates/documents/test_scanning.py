"""ClamAV's word on a file: from Debian's own daemon where there is one, and from a stand-in that speaks as it does."""

import contextlib
import os
import shutil
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from ats.activity.models import Activity
from ats.duework import tasks
from ats.duework.models import DueTask
from ats.settings import urls
from candidates.documents.actions import attach
from candidates.models import Document
from tests.candidates.documents import files
from tests.factories import NOW, make_application, make_user

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The text that every scanner warns of, for tests like these; it does nothing."""


def hand_in(name: str, content: bytes) -> Document:
    application = make_application()
    return attach(
        candidate=application.candidate,
        application=application,
        kind="resume",
        upload=files.upload(name, content),
        by=None,
        now=NOW,
    )


BAD = b"Robin Example\n" + EICAR + b"\n"


class Clamd(socketserver.BaseRequestHandler):
    """INSTREAM as clamd answers it: `large` bytes are too many for it, `says` is its answer in trouble."""

    large, says = 1_000_000, b""

    def handle(self) -> None:
        file = self.request.makefile("rb")
        assert file.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", file.read(4))[0]:
            content += file.read(size)
        if len(content) > self.large:
            answer = b"INSTREAM size limit exceeded. ERROR"
        elif self.says:
            answer = self.says
        else:
            answer = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        self.request.sendall(answer + b"\n")


@pytest.fixture
def stand_in(settings: Any) -> Iterator[type[Clamd]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = ("127.0.0.1", server.server_address[1])
        yield Clamd
        server.shutdown()


@contextlib.contextmanager
def real_daemon(folder: Path) -> Iterator[str]:
    """Debian's clamd with one signature of our own, for the test text: the real ones are not to be had here."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no clamd on this machine (apt-get install clamav-daemon)")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Own.Test.Text:0:*:{EICAR.hex()}\n")
    path, config = folder / "clamd.ctl", folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {folder}/signatures\nLocalSocket {path}\nForeground yes\nLogFile {folder}/log\n"
        f"PidFile {folder}/pid\nTemporaryDirectory {folder}\nConcurrentDatabaseReload no\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        ends = time.monotonic() + 60
        while not path.exists():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < ends
            time.sleep(0.05)
        yield str(path)
    finally:
        process.terminate()
        process.wait(30)


def states(*documents: Document) -> list[tuple[str, str, str]]:
    for document in documents:
        document.refresh_from_db()
    return [(document.scan, document.scan_found, document.reading) for document in documents]


@pytest.mark.servers
@pytest.mark.django_db
def test_debians_own_daemon_is_asked_by_its_socket(settings: Any, tmp_path: Path) -> None:
    with real_daemon(tmp_path) as settings.CLAMD:
        good, bad = hand_in("cv.txt", files.TXT), hand_in("cv.txt", BAD)
        tasks.run_outside(NOW)
    assert states(good, bad) == [("clean", "", "read"), ("infected", "Own.Test.Text.UNOFFICIAL", "read")]


@pytest.mark.django_db
def test_nobody_is_given_what_the_scanner_warns_of(stand_in: Any, client: Any) -> None:
    good, bad = hand_in("cv.txt", files.TXT), hand_in("cv.txt", BAD)
    tasks.run_outside(NOW)

    assert states(good, bad) == [("clean", "", "read"), ("infected", "Eicar-Test-Signature", "read")]
    client.force_login(make_user())
    assert b"".join(client.get(f"/documents/{good.pk}/file/")) == files.TXT
    words = "The virus scanner found Eicar-Test-Signature in it, so nobody can download it."
    for answer in (
        client.get(f"/documents/{bad.pk}/file/"),
        client.post(f"/documents/{bad.pk}/file/"),
        client.get(f"/documents/{bad.pk}/original/"),
    ):
        assert (answer.status_code, words in answer.content.decode()) == (403, True)
    said = Activity.objects.get(verb="document.infected")
    assert said.data == {"filename": "cv.txt", "found": "Eicar-Test-Signature"}


@pytest.mark.django_db
def test_what_was_not_scanned_is_said_and_asked_again(stand_in: Any, settings: Any, client: Any) -> None:
    """The file is read all the same: where the scanner is away, work goes on, with care."""
    server, settings.CLAMD = settings.CLAMD, "/nowhere/clamd.ctl"
    document = hand_in("cv.txt", files.TXT)
    tasks.run_outside(NOW)
    assert states(document) == [("waiting", "", "read")]
    assert DueTask.objects.get(kind="documents.scan").attempts == 1
    client.force_login(make_user())
    page = client.get(f"/documents/{document.pk}/file/", follow=True).content.decode()
    assert "The virus scanner has not looked at it yet." in page

    settings.CLAMD = server
    DueTask.objects.update(retry_at=NOW)
    tasks.run_outside(NOW)
    assert states(document) == [("clean", "", "read")]


@pytest.mark.django_db
def test_what_the_scanner_cannot_say(stand_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(Clamd, "large", 3)
    large = hand_in("cv.txt", files.TXT)
    tasks.run_outside(NOW)
    monkeypatch.setattr(Clamd, "large", 1_000_000)
    monkeypatch.setattr(Clamd, "says", b"stream: Can't allocate memory ERROR")
    troubled = hand_in("cv.txt", files.TXT)
    tasks.run_outside(NOW)

    assert states(large, troubled) == [("too_large", "", "read"), ("waiting", "", "read")]
    assert "allocate memory" in DueTask.objects.get(kind="documents.scan", subject_id=troubled.pk).last_error


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("", None),
        ("unix:///run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("tcp://scanner.example.com", ("scanner.example.com", 3310)),
        ("tcp://127.0.0.1:3311", ("127.0.0.1", 3311)),
    ],
)
def test_where_the_scanner_is(url: str, meant: Any) -> None:
    assert urls.clamd(url) == meant


@pytest.mark.parametrize("url", ["clamd.ctl", "unix://", "http://scanner"])
def test_no_scanner_is_there(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        urls.clamd(url)
