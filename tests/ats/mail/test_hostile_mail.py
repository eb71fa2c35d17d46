"""Mail that strangers make to cost us: it is read in no time, or marked for a person and left."""

from email.message import Message

import pytest

from ats.mail import inbound, incoming, senders
from ats.mail.models import IncomingMail
from tests.effort import cpu_seconds
from tests.factories import NOW

LONG = 120_000
LARGE = incoming.LARGEST
DAEMON = b"From: mailer-daemon@example.com"
TEXT = b"Content-Type: text/plain; charset="
PAGE = DAEMON + b"\r\nContent-Type: text/html"
STATUS = DAEMON + b"\r\nContent-Type: message/delivery-status"
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
    **{
        f"words of {name}": DAEMON + b"\r\n\r\n" + piece * (LARGE // len(piece))
        for name, piece in {
            "letters": b"a",
            "ats": b"@",
            "addresses": b"a@b.example ",
            "halves of addresses": b"a@",
            "quotes": b'"',
            "brackets": b"<",
            "open tags": b"<style ",
            "ids without one": b"message-id ",
            "ids that never end": b"Message-ID: <",
            "codes": b"550 5.1.1 ",
            "half codes": b"5.",
            "fields": b"To: x\r\n",
            "fields of mail": b"Received: x\r\nTo: x\r\nFrom: x\r\nMessage-ID: <a@b>\r\n\r\n",
            "continued fields": b"Final-Recipient: x\r\n x\r\n",
            "blanks": b" ",
            "lines": b"\r\n",
            "JSON": b'{"Message":',
        }.items()
    },
    **{
        f"charset {name}": TEXT + name.encode() + b"\r\n\r\n" + b"abc-def " * (LARGE // 8)
        for name in (
            "punycode",
            "PUNYCODE",
            "idna",
            "unicode_escape",
            "unicode-escape",
            "undefined",
            "utf-7",
            "hz",
        )
    },
    "page": PAGE + b"\r\n\r\n" + b"<script" * (LARGE // 7),
    "tags": PAGE + b"\r\n\r\n" + b"<a " * (LARGE // 3),
    "groups": STATUS
    + b"\r\n\r\n"
    + b"Final-Recipient: rfc822; a@b.c\r\nAction: failed\r\n\r\n" * (LONG // 10),
    "one group": STATUS + b"\r\n\r\n" + b"Final-Recipient: rfc822; a@b.c\r\n" * (LARGE // 32),
    "references": b"References: " + b"<a@b.example> " * (LONG // 14) + b"\r\n\r\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * (LONG // 14) + b"\r\n\r\nx",
}


def read(content: bytes) -> object:
    try:
        message = incoming.parsed(content)
    except incoming.Unreadable:
        return "unreadable"
    return incoming.read(message), senders.proven_sender(message)


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
    message = incoming.parsed(f"{head}\r\n\r\nx".encode())
    assert isinstance(message, Message)
    assert senders.sender_of(message) == sender


@pytest.mark.django_db
def test_what_is_made_to_take_long_lies_in_the_inbox() -> None:
    inbound.take_in(HOSTILE["parts"], NOW)
    assert list(IncomingMail.objects.in_inbox().values_list("why", "size")) == [
        ("unreadable", len(HOSTILE["parts"]))
    ]


BROKEN = {
    "a charset that there is not": b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe",
    "a charset that it is not": b"Content-Type: text/plain; charset=utf-16\r\n\r\nabc",
    "an encoding that there is not": b"Content-Transfer-Encoding: x-rot13\r\n\r\nabc",
    "no Base64": b"Content-Transfer-Encoding: base64\r\n\r\n%%%",
    "no quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=",
    "no uuencode": b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin x\r\n...",
    "bytes in its head": b"Subject: \xff\xfe\r\nFrom: \xe4@\xff\r\nContent-Type: text/\xff; charset=\xff\r\n\r\n\xff",
    "half an encoded word": b"Subject: =?utf-8?b?/////?= =?x?q?=\r\n\r\nx",
    "a boundary that never comes": b"Content-Type: multipart/report; boundary=b\r\n\r\nx",
    "no boundary": b"Content-Type: multipart/report\r\n\r\nx",
    "nothing within": b"Content-Type: message/rfc822\r\n\r\n",
    "an empty status": b"Content-Type: message/delivery-status\r\n\r\n",
    "zeros": b"\0" * 1_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_a_letter(content: bytes) -> None:
    """A person may look at it."""
    assert incoming.read(incoming.parsed(content)) == incoming.Incoming(incoming.Kind.LETTER)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_within_a_report_leaves_the_report(content: bytes) -> None:
    told = b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\n"
    report = b"From: mailer-daemon@example.com\r\n" + DSN + b"\r\n\r\n--b\r\n" + told
    found = incoming.read(incoming.parsed(report + b"\r\n--b\r\n" + content + b"\r\n--b--\r\n"))
    assert (found.kind, found.recipient) == (incoming.Kind.FAILURE, "a@b.example")
