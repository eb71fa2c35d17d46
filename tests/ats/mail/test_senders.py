"""Whose a message is, by what our own mail server found: as Gmail, Microsoft, rspamd and OpenDMARC write it."""

from typing import Any

import pytest

from ats.mail import incoming
from ats.mail.senders import proven_sender

ADA = "ada@example.com"
OWN = "mx.example.org"


def message(*findings: str, head: str = f"From: Ada <{ADA}>") -> Any:
    lines = [head, *(f"Authentication-Results: {each}" for each in findings)]
    return incoming.parsed("\r\n".join([*lines, "", "x"]).encode())


@pytest.fixture(autouse=True)
def _receiver(settings: Any) -> None:
    settings.INBOUND_AUTHSERV_ID = OWN


@pytest.mark.parametrize(
    "found",
    [
        "dmarc=pass header.from=example.com",
        (
            "dkim=pass header.i=@example.com header.s=s1 header.b=AbCd; spf=pass (x: domain of ada@example.com "
            "designates 192.0.2.1 as permitted sender) smtp.mailfrom=ada@example.com; "
            "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com"
        ),
        "dkim=pass (2048-bit key; unprotected) header.d=example.com header.a=rsa-sha256 header.s=x; arc=none",
        "dkim=fail header.d=other.example; dkim=pass header.i=@example.com",
    ],
)
def test_a_domain_that_stands_for_it_proves_it(found: str) -> None:
    assert proven_sender(message(f"{OWN}; {found}")) == ADA
    assert proven_sender(message(f"{OWN.upper()} 1; {found}")) == ADA


@pytest.mark.parametrize(
    "findings",
    [
        [],
        ["mx.example.net; dmarc=pass header.from=example.com"],  # under another name everybody can write
        ["dmarc=pass header.from=example.com"],  # under none
        [f"{OWN}; none"],
        [f"{OWN}; dmarc=pass"],
        [f"{OWN}; dmarc=fail (p=none) header.from=example.com"],
        [f"{OWN}; dmarc=pass header.from=evil.example"],
        [f"{OWN}; dmarc=pass header.from=example.com; dmarc=fail header.from=example.com"],
        [f"{OWN}; dmarc=fail header.from=example.com; dkim=pass header.d=example.com"],
        [f"{OWN}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=example.com"],
        [f"{OWN}; dkim=pass header.d=com"],
        [f'{OWN}; dkim=fail ("x; dmarc=pass header.from=example.com")'],
        # The topmost is our receiver's; what the sender wrote lies below.
        [f"{OWN}; dmarc=fail header.from=example.com", f"{OWN}; dmarc=pass header.from=example.com"],
        [f"{OWN}; " + "(" * 1_900],
        [f"{OWN}; dkim=" + "=" * 1_900],
    ],
)
def test_nothing_else_does(findings: list[str]) -> None:
    assert proven_sender(message(*findings)) == ""


def test_two_senders_or_none_are_nobody() -> None:
    found = f"{OWN}; dmarc=pass header.from=example.com"
    for head in (f"From: {ADA}\r\nFrom: kim@example.com", f"From: {ADA}, kim@example.com", "Subject: x"):
        assert proven_sender(message(found, head=head)) == ""


def test_without_a_name_for_our_receiver_nothing_is_proven(settings: Any) -> None:
    settings.INBOUND_AUTHSERV_ID = ""
    assert proven_sender(message("; dmarc=pass header.from=example.com")) == ""
    assert proven_sender(message(f"{OWN}; dmarc=pass header.from=example.com")) == ""


def test_a_forwarder_s_header_of_another_name_does_not_hide_ours() -> None:
    ours = f"{OWN}; dmarc=pass header.from=example.com"
    assert proven_sender(message("lists.example.net; dmarc=fail header.from=example.com", ours)) == ADA
