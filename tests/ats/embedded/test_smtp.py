"""The mail server of the tests keeps its word, so that tests built on it can be believed."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.smtp import Catcher


def _message(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", to, "Hello ü you"
    message.set_content("Körper")
    return message


def _send(port: int, to: str) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        client.send_message(_message(to))


def test_it_keeps_what_it_is_given(smtp: Catcher) -> None:
    _send(smtp.port, "b@example.com")

    assert [message["Subject"] for message in smtp.to("b@example.com")] == ["Hello ü you"]
    assert smtp.envelopes == [("a@example.com", ["b@example.com"])]


def test_it_refuses_whom_it_was_told_to(smtp: Catcher) -> None:
    smtp.refuse["gone@example.com"] = "550 5.1.1 no such person"

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        _send(smtp.port, "gone@example.com")

    assert refused.value.recipients == {"gone@example.com": (550, b"5.1.1 no such person")}
    assert smtp.messages == []


def test_it_goes_down_and_comes_back(smtp: Catcher) -> None:
    smtp.stop()
    with pytest.raises(OSError, match="refused"):
        _send(smtp.port, "b@example.com")

    smtp.start()
    _send(smtp.port, "b@example.com")

    assert len(smtp.messages) == 1


def test_it_takes_a_message_and_hangs_up(smtp: Catcher) -> None:
    smtp.hang_up = True

    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send(smtp.port, "b@example.com")

    assert len(smtp.messages) == 1
