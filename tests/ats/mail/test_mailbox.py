"""The mailbox's server is the one that was named, or nothing is said to it."""

import imaplib
import ssl
from pathlib import Path
from typing import Any

import pytest

from ats.mail import imap
from ats.settings import urls
from tests.certificates import server_context
from tests.imap import Mailbox


def sign_in(port: int, **how: bool) -> None:
    with imap.opened(host="localhost", port=port, user="rae", password="secret", folder="INBOX", **how):
        pass


@pytest.mark.parametrize("asked", [False, True], ids=["imaps", "starttls"])
@pytest.mark.parametrize(
    ("name", "until", "trusted", "is_believed"),
    [
        ("localhost", 2090, True, True),
        ("localhost", 2090, False, False),
        ("localhost", 2021, True, False),
        ("other.example", 2090, True, False),
    ],
    ids=["good", "unknown", "run out", "of another name"],
)
def test_a_mailbox_is_held_to_its_certificate(
    tmp_path: Path, monkeypatch: Any, *, asked: bool, name: str, until: int, trusted: bool, is_believed: bool
) -> None:
    context, chain = server_context(tmp_path, name, until=until)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", chain)
    said: list[bytes] = []

    class Watched(Mailbox):
        def answer(self, out: Any, tag: bytes, command: bytes) -> bool:
            said.append(command.partition(b" ")[0])
            return super().answer(out, tag, command)

    with Watched(tls=context, asked=asked) as box:
        if is_believed:
            sign_in(box.port, ssl=not asked, starttls=asked)
        else:
            with pytest.raises((ssl.SSLCertVerificationError, imaplib.IMAP4.abort)):
                sign_in(box.port, ssl=not asked, starttls=asked)
    assert (b"LOGIN" in said) == is_believed


def test_the_address_of_a_mailbox() -> None:
    assert urls.inbound("") == {}
    assert urls.inbound("imaps://hiring%40example.com:p%2Fw@mail.example.com") == {
        "host": "mail.example.com",
        "port": 993,
        "ssl": True,
        "starttls": False,
        "user": "hiring@example.com",
        "password": "p/w",
        "folder": "INBOX",
    }
