"""A mail of 50 MB in the inbox: its words and the names of its files are shown, and it is never held as a whole."""

import tracemalloc
from base64 import encodebytes

import pytest

from ats.accounts.models import Role
from ats.mail import arrivals, incoming
from ats.mail.incoming import replying
from ats.mail.models import IncomingMail
from candidates.inbox import queries
from tests.candidates.messages.by_mail import LATER, mailbox
from tests.effort import cpu_seconds
from tests.factories import make_user

__all__ = ["mailbox"]
MB = 1024 * 1024
FILE = encodebytes(bytes(range(256)) * 4 * 1024).replace(b"\n", b"\r\n")
"""A megabyte as mail programs write it."""


def part(name: str, body: bytes, way: str = "base64") -> bytes:
    head = f'--b\r\nContent-Type: application/pdf; name="{name}"\r\nContent-Transfer-Encoding: {way}\r\n\r\n'
    return head.encode() + body + b"\r\n"


HEAD = (
    b"From: stranger@elsewhere.example\r\nSubject: My portfolio\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nHere is all that I made.\r\n"
)
LARGE = {
    "files": HEAD + part("first.pdf", FILE * 34) + part("second.pdf", FILE * 2) + part("third.pdf", b"UERG"),
    "one line without an end": HEAD + part("first.pdf", b"A" * 50 * MB) + part("second.pdf", b"UERG"),
    "lines of words": HEAD + part("first.pdf", b"so it goes\r\n" * (50 * MB // 12), "8bit"),
}
NAMES = {
    "files": ("first.pdf", "second.pdf", "third.pdf"),
    "one line without an end": ("first.pdf", "second.pdf"),
    "lines of words": ("first.pdf",),
}


@pytest.mark.parametrize("name", LARGE)
def test_of_any_shape_its_words_and_files_are_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content = LARGE[name]
    assert len(content) > 48 * MB
    monkeypatch.setattr(arrivals, "_piece", lambda row, place, length: content[place : place + length])

    def look() -> tuple[str, tuple[str, ...]]:
        message = incoming.parsed(arrivals.outline_of(IncomingMail(size=len(content))) or b"")
        return replying.letter(message).words, tuple(file.name for file in replying.files(message))

    assert look() == ("Here is all that I made.", NAMES[name])
    assert cpu_seconds(look, enough=2) < 4


@pytest.mark.django_db
def test_it_is_opened_without_being_held() -> None:
    content, user = LARGE["files"], make_user(Role.COORDINATOR)
    row, _ = arrivals.keep(content, source="file", now=LATER)
    IncomingMail.objects.update(state="open", why="unknown")
    tracemalloc.start()
    try:
        opened = queries.opened(user, row.pk)
        assert tracemalloc.get_traced_memory()[1] < 45 * MB
    finally:
        tracemalloc.stop()
    assert (opened.words, opened.files, opened.problem) == ("Here is all that I made.", NAMES["files"], "")
