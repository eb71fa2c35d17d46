"""Letters of candidates, as they come in by mail."""

from base64 import b64encode
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from ats.mail import inbound, reply_tags
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.messages import actions
from candidates.models import Application
from tests.candidates.helpers import hours, run_lane
from tests.factories import NOW, make_application, make_candidate
from tests.smtp import Catcher

_number = count(1)
LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.INBOUND_ADDRESS, settings.INBOUND_SUBADDRESS = "hiring@example.com", "+"


@pytest.fixture
def application() -> Application:
    return make_application(candidate=make_candidate(email="robin@example.com"))


def letter(
    text: str = "Thursday suits me.", *head: str, sender: str = "Robin <robin@example.com>", to: str = ""
) -> bytes:
    lines = [
        f"From: {sender}",
        f"To: {to or 'hiring@example.com'}",
        f"Message-ID: <m{next(_number)}@mail.example>",
        "Subject: Re: Thursday",
        *head,
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
    ]
    return "\r\n".join(lines).encode()


def tagged(application: Application) -> str:
    return reply_tags.address_for(application.pk)


def came(content: bytes) -> IncomingMail:
    inbound.take_in(content, LATER)
    return IncomingMail.objects.latest("pk")


def sent(application: Application, smtp: Catcher, now: float = 1) -> OutgoingMail:
    message = actions.send(
        application_id=application.pk,
        subject="Thursday",
        body="Hello Robin,\n\nwould Thursday suit you?",
        by=application.requisition.recruiter,
        now=hours(now),
    )
    run_lane("mail", hours(now))
    assert message.mail is not None
    message.mail.refresh_from_db()
    return message.mail


def with_files(*files: tuple[str, str, bytes], to: str) -> bytes:
    lines = [
        "From: robin@example.com", f"To: {to}", f"Message-ID: <m{next(_number)}@mail.example>", "Subject: My papers",
        'Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: text/plain", "", "Here they are.",
    ]  # fmt: skip
    for name, kind, content in files:
        lines += ["--b", f'Content-Type: {kind}; name="{name}"', "Content-Transfer-Encoding: base64", ""]
        lines.append(b64encode(content).decode())
    return "\r\n".join([*lines, "--b--", ""]).encode()
