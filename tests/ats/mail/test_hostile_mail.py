"""Mail that strangers make to cost us: it is read in no time, or marked for a person and left."""

from email.message import Message

import pytest

from ats.mail import inbound, senders
from ats.mail.bounces import read_report
from tests.effort import cpu_seconds
from tests.factories import NOW

LONG = 120_000
CALENDAR = b"Content-Type: text/calendar; method=REPLY"
DSN = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b"
HOSTILE = {
    "parameters": CALENDAR + b"; a=b" * (LONG // 5) + b"\r\n\r\nx",
    "pieces": CALENDAR + b"".join(b"; m*%d=a" % number for number in range(LONG // 9)) + b"\r\n\r\nx",
    "quotes": CALENDAR + b'; a="' * (LONG // 5) + b"\r\n\r\nx",
    "words": b"From: " + b"a " * (LONG // 2) + b"<a@example.com>\r\n" + CALENDAR + b"\r\n\r\nx",
    "addresses": b"From: " + b"a@example.com," * (LONG // 14) + b"\r\n" + CALENDAR + b"\r\n\r\nx",
    "brackets": b"From: " + b"(" * LONG + b"\r\n" + CALENDAR + b"\r\n\r\nx",
    "failed": b"X-Failed-Recipients: " + b"a@example.com," * (LONG // 14) + b"\r\n\r\nx",
    "parts": DSN + b"\r\n\r\n" + b"--b\r\n\r\nx\r\n" * (LONG // 10),
    "boxes": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(LONG // 60)
    ),
    "letters": b"Content-Type: message/rfc822\r\n\r\n" * (LONG // 32),
    "fields": b"X: y\r\n" * (LONG // 6) + b"\r\nx",
}


def read(content: bytes) -> object:
    try:
        message = inbound.parsed(content)
    except inbound.Unreadable:
        return "unreadable"
    try:
        return inbound.kind_of(message), senders.proven_sender(message), read_report(message)
    except TypeError:  # Python's own reader stumbles over some pieces: such a message is marked, and left
        return "stumbled over"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_message_takes_long(name: str) -> None:
    found = read(HOSTILE[name])
    # Read the way that mail programs do, each of these takes from several seconds to minutes.
    assert cpu_seconds(lambda: read(HOSTILE[name]), enough=1) < 1
    assert (found == "unreadable") == (name in {"parts", "boxes", "letters"})


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        ("From: Ada <Ada@Example.com>", "ada@example.com"),
        ("From: ada@example.com, robin@example.com", ""),
        ("From: ada@example.com\r\nFrom: robin@example.com", ""),
        ("Subject: nobody", ""),
    ],
)
def test_whose_a_message_is(head: str, sender: str) -> None:
    message = inbound.parsed(f"{head}\r\n\r\nx".encode())
    assert isinstance(message, Message)
    assert senders.sender_of(message) == sender


def test_what_is_made_to_take_long_is_told(settings: object) -> None:
    with pytest.raises(inbound.Unreadable):
        inbound.take_in(HOSTILE["parts"], NOW)
