"""Commands that go to the mail server in groups (RFC 2920): which answer belongs to which, and what is left of them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ats.duework import engine
from ats.mail.models import OutgoingMail
from tests.factories import NOW
from tests.smtp import Catcher

Put = Callable[..., OutgoingMail]
ENVELOPE = ("MAIL", "RCPT", "DATA")


@contextmanager
def a_server(*, answers: dict[str, str]) -> Iterator[tuple[int, list[str]]]:
    """One that takes groups, and says `answers` by command or by `RCPT <address>`; its port, and what it heard."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, answers, heard), daemon=True).start()
        yield listening.getsockname()[1], heard


def _serve(listening: socket.socket, answers: dict[str, str], heard: list[str]) -> None:
    line, _ = listening.accept()
    with line, line.makefile("rwb", buffering=-1) as talk:
        talk.write(b"220 here\r\n")
        talk.flush()
        while said := talk.readline().decode().rstrip():
            heard.append(said)
            command, _, about = said.partition(" ")
            command = command.upper()
            if command == "EHLO":
                answer = "250-here\r\n250 PIPELINING"
            else:
                about = about.partition("<")[2].partition(">")[0]
                answer = answers.get(f"{command} {about}") or answers.get(command, "250 fine")
            talk.write(f"{answer}\r\n".encode())
            talk.flush()
            if command == "DATA" and answer.startswith("354"):
                heard.append(f"{sum(1 for _ in iter(talk.readline, b'.' + bytes([13, 10])))} lines")
                talk.write(f"{answers['content']}\r\n".encode())
                talk.flush()


def run() -> None:
    engine.drain(engine.lanes()["mail"], lambda: NOW, ends=None)


def test_a_message_for_nobody_is_ended_without_content(put: Put, settings: Any) -> None:
    """A server may ask for the content although it refused the only reader: it gets none, and goes on."""
    put(to="gone@example.com")
    put(to="there@example.com")
    says = {
        "RCPT gone@example.com": "550 5.1.1 no such person",
        "DATA": "354 go on",
        "content": "250 2.0.0 kept",
    }
    with a_server(answers=says) as (port, heard):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        run()

    states = list(OutgoingMail.objects.order_by("id").values_list("state", "last_error", "response"))
    assert states == [
        ("failed", "550 5.1.1 no such person", "550 5.1.1 no such person"),
        ("sent", "", "250 2.0.0 kept"),
    ]
    commands = [each.partition(" ")[0].upper() if each[0].isalpha() else each for each in heard]
    assert commands[:9] == ["EHLO", *ENVELOPE, "0 lines", "RSET", *ENVELOPE]
    assert int(commands[9].partition(" ")[0]) > 10


def test_a_server_that_takes_no_groups_is_told_one_thing_at_a_time(
    put: Put, smtp: Catcher, monkeypatch: Any
) -> None:
    smtp.pipelining = False
    sent: list[bytes] = []
    whole = socket.socket.sendall

    def listen(self: socket.socket, data: bytes, *flags: int) -> None:
        sent.append(bytes(data))
        whole(self, data, *flags)

    monkeypatch.setattr(socket.socket, "sendall", listen)
    put()
    run()
    smtp.pipelining = True
    smtp.stop()
    smtp.start()
    put()
    run()

    groups = [each.count(b"\r\n") for each in sent if each.startswith(b"MAIL FROM")]
    assert groups == [1, 3]
    assert list(OutgoingMail.objects.values_list("state", flat=True)) == ["sent", "sent"]


@pytest.mark.parametrize("address", ["a@example.com\r\nRCPT TO:<b@example.com>", "a@example.com\nDATA"])
def test_no_address_says_a_command(put: Put, smtp: Catcher, address: str) -> None:
    mail = put()
    OutgoingMail.objects.filter(pk=mail.pk).update(to=address)
    run()

    mail.refresh_from_db()
    assert mail.state == "failed"
    assert smtp.messages == []
