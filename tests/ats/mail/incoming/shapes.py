"""Messages of our own making, put together in the shapes in which mail systems, programs and people send them.

Each sample says what it is to be taken for. `ID` is of the message of ours that `ORIGINAL` is.
"""

from dataclasses import dataclass

from ats.mail.incoming import Kind

ID = "<0a7ad7cb-7f0e-4f3e-9d5c-000000000001@example.org>"
ROBIN = "robin@example.com"
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>"
ORIGINAL = f"""\
Received: from app.example.org by mx.example.net with ESMTP id 77
From: Accord <hiring@example.org>
To: Robin <{ROBIN}>
Subject: Your interview
Message-ID: {ID}
MIME-Version: 1.0
Content-Type: text/plain

Good day.
"""
WORDS = "Content-Type: text/plain\n\nYour message could not be delivered.\n"
BACK = f"Content-Type: message/rfc822\n\n{ORIGINAL}"
HEADERS = f"Content-Type: text/rfc822-headers\n\n{ORIGINAL}"
EIGHT_BIT = "Content-Transfer-Encoding: 8bit\n"


@dataclass(frozen=True)
class Sample:
    """A message, and all that is to be said of it: kind, recipient, status, message id."""

    content: bytes
    said: tuple[Kind, str, str, str]


GONE = (Kind.FAILURE, ROBIN, "5.1.1", ID)


def mail(*head: str, body: str = "", charset: str = "utf-8", to: str = "hiring@example.org") -> bytes:
    lines = [*head, f"To: {to}", "", body]
    return "\n".join(lines).replace("\n", "\r\n").encode(charset)


def report(
    *inside: str,
    kind: str = "multipart/report; report-type=delivery-status",
    head: str = f"{DAEMON}\nSubject: Undelivered",
) -> bytes:
    """A message of these parts, each with its own head."""
    body = "".join(f"--=_b\n{part}\n" for part in inside)
    return mail(head, f'MIME-Version: 1.0\nContent-Type: {kind}; boundary="=_b"', body=f"{body}--=_b--\n")


def status(fields: str, kind: str = "message/delivery-status", more: str = "") -> str:
    """The part for machines."""
    return f"Content-Type: {kind}\n{more}\nReporting-MTA: dns; mx.example.net\n\n{fields}\n"


def group(
    action: str = "failed", code: str = "5.1.1", to: str = f"rfc822; {ROBIN}", diagnosis: str = ""
) -> str:
    """What it says of one recipient."""
    lines = [f"Final-Recipient: {to}", f"Action: {action}", f"Status: {code}"]
    return "\n".join([*lines, f"Diagnostic-Code: smtp; {diagnosis}"] if diagnosis else lines)


def words(subject: str, text: str, *head: str, sender: str = DAEMON, charset: str = "utf-8") -> bytes:
    """A report without any part for machines."""
    kind = f"Content-Type: text/plain; charset={charset}"
    return mail(sender, f"Subject: {subject}", *head, kind, body=text, charset=charset)
