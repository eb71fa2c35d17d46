"""What a mail program is given."""

import email
import email.policy
from collections.abc import Callable
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest

from ats.mail import delivery
from ats.mail.message import Undeliverable, ascii_domain, build
from ats.mail.models import OutgoingMail
from ats.mail.outbox import Attachment
from tests.factories import NOW
from tests.smtp import Catcher

Put = Callable[..., OutgoingMail]
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Gespr\xc3\xa4ch\r\nEND:VCALENDAR\r\n"


def parsed(mail: OutgoingMail) -> EmailMessage:
    content = build(mail, list(mail.attachments.order_by("id")), now=NOW)
    return email.message_from_bytes(content, policy=email.policy.default)


def lines(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.ordinary_day
def test_the_head(put: Put) -> None:
    first = put()
    mail = put(
        to="robin@example.com",
        to_name="Robin Example",
        from_name="Example Company",
        reply_to="jobs@example.com",
        subject="Hello",
        in_reply_to=first,
    )

    assert dict(parsed(mail).items()) == {
        "From": "Example Company <hiring@example.org>",
        "To": "Robin Example <robin@example.com>",
        "Subject": "Hello",
        "Date": "Tue, 24 Nov 2026 10:00:00 +0000",
        "Message-ID": f"<{mail.uuid}@example.org>",
        "Reply-To": "Example Company <jobs@example.com>",
        "In-Reply-To": f"<{first.uuid}@example.org>",
        "References": f"<{first.uuid}@example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": f'multipart/alternative; boundary="=_{mail.uuid.hex}_a"',
        "MIME-Version": "1.0",
    }


def test_a_persons_letter_does_not_say_that_a_machine_wrote_it(put: Put) -> None:
    assert parsed(put("test.letter"))["Auto-Submitted"] is None


def test_both_bodies(put: Put) -> None:
    message = parsed(
        put(body="Grüße & <b>mehr</b>\n.\nFrom here it goes on.\n\nZweiter Absatz " + "lang " * 50)
    )

    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (
        lines(text)
        == "Grüße & <b>mehr</b>\n.\nFrom here it goes on.\n\nZweiter Absatz " + ("lang " * 50).strip() + "\n"
    )
    assert "Grüße &amp; &lt;b&gt;mehr&lt;/b&gt;<br>.<br>From here it goes on.</p>" in lines(html)


def test_lines_that_mean_something_to_the_server_arrive_whole(put: Put, smtp: Catcher) -> None:
    put(body=".\n..\n.hidden\nFrom me")

    delivery.deliver(NOW)

    [message] = smtp.messages
    body = message.get_body(("plain",))
    assert body is not None
    assert lines(body) == ".\n..\n.hidden\nFrom me\n"


@pytest.mark.parametrize(
    "value",
    [
        "Robin\r\nBcc: everybody@example.com",
        "Robin\nBcc: a@example.com",
        "Robin\u2028Bcc: a@example.com",
        "Robin\r\n\r\nHello",
        "=?utf-8?q?=0D=0ABcc:?=",
        'Robin" <evil@example.com>, "',
    ],
)
def test_nobody_breaks_out_of_a_header(put: Put, value: str) -> None:
    mail = put(to="robin@example.com", to_name=value, from_name=value, subject=f"Hello {value}")
    OutgoingMail.objects.filter(pk=mail.pk).update(to_name=value, subject=f"Hello {value}", from_name=value)
    mail.refresh_from_db()

    message = parsed(mail)

    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version"]
    )
    assert [address.addr_spec for address in message["To"].addresses] == ["robin@example.com"]
    assert [address.addr_spec for address in message["From"].addresses] == ["hiring@example.org"]


@pytest.mark.parametrize("name", ["Bcc: a@example.com\r\nX", "To", "x y", "Content-Type", ""])
def test_a_message_cannot_set_what_is_ours(put: Put, name: str) -> None:
    with pytest.raises(Undeliverable):
        parsed(put(headers={name: "value"}))


def test_a_name_in_any_script(put: Put) -> None:
    name = "Zoë 山田 מיכאל " + "Ключ " * 20
    mail = put(to="robin@example.com", to_name=name, subject="👋 Grüße " * 12)
    message = parsed(mail)

    # (Python's own parser of addresses leaves blanks between encoded words, which the RFC forbids.)
    head = email.message_from_bytes(build(mail, [], now=NOW))["To"]
    assert str(make_header(decode_header(head))) == f"{name.strip()} <robin@example.com>"
    assert message["Subject"] == ("👋 Grüße " * 12).strip()
    assert (
        max(len(line) for line in build(put(subject="lang " * 60, to_name=name), [], now=NOW).split(b"\r\n"))
        <= 100
    )


def test_a_domain_in_any_script_is_written_as_the_mail_system_does(put: Put, smtp: Catcher) -> None:
    put(to="robin@münchen.example")

    delivery.deliver(NOW)

    assert [recipients for _, recipients in smtp.envelopes] == [["robin@xn--mnchen-3ya.example"]]
    with pytest.raises(Undeliverable):
        ascii_domain("robin@" + "x" * 64 + ".example")


def test_an_address_with_other_letters_needs_a_server_that_can(put: Put, smtp: Catcher) -> None:
    smtp.stop()
    smtp.smtputf8 = False
    smtp.start()
    mail = put(to="jürgen@example.com")

    delivery.deliver(NOW)

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (
        "failed",
        "The mail server cannot deliver to an address with such letters.",
    )


def test_an_address_with_other_letters_and_a_server_that_can(put: Put, smtp: Catcher) -> None:
    put(to="jürgen@example.com", to_name="Jürgen")

    delivery.deliver(NOW)

    assert [recipients for _, recipients in smtp.envelopes] == [["jürgen@example.com"]]
    assert smtp.options == [["SMTPUTF8"]]


def test_a_calendar_entry_is_an_alternative_and_a_file(put: Put) -> None:
    entry = Attachment(
        filename="invite.ics", content_type="text/calendar", content=CALENDAR, method="REQUEST"
    )

    message = parsed(put(attachments=[entry]))

    assert message.get_content_type() == "multipart/mixed"
    parts = [
        (part.get_content_type(), part.get_param("method"), part.get_filename())
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", "REQUEST", None),
        ("text/calendar", "REQUEST", "invite.ics"),
    ]
    alternative, file = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert alternative.get_content().replace("\r\n", "\n").encode() == CALENDAR.replace(b"\r\n", b"\n")
    assert file.get_payload(decode=True) == CALENDAR


def test_several_calendar_entries_are_files_alone(put: Put) -> None:
    entries = [
        Attachment(filename=name, content_type="text/calendar", content=CALENDAR, method="REQUEST")
        for name in ("interview-1.ics", "interview-2.ics")
    ]

    message = parsed(put(attachments=entries))

    parts = [
        (part.get_content_type(), part.get_param("method"), part.get_filename())
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", "REQUEST", "interview-1.ics"),
        ("text/calendar", "REQUEST", "interview-2.ics"),
    ]


def test_a_file_with_any_name(put: Put) -> None:
    file = Attachment(
        filename="Lebenslauf Zoë\r\n.pdf", content_type="application/pdf", content=b"%PDF-\x00\xff"
    )

    [part] = list(parsed(put(attachments=[file])).iter_attachments())

    assert (part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) == (
        "Lebenslauf Zoë .pdf",
        "application/pdf",
        b"%PDF-\x00\xff",
    )


def test_only_relationship_mail_offers_to_unsubscribe(put: Put, settings: Any) -> None:
    settings.BASE_URL = "https://hiring.example.org"
    news = parsed(put(headers={"List-Unsubscribe": "<https://elsewhere.example>"}))
    invitation = parsed(put("test.invitation_to_talk", to="robin@example.com"))

    assert (news["List-Unsubscribe"], news["List-Unsubscribe-Post"]) == (None, None)
    assert invitation["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = "".join(str(invitation["List-Unsubscribe"]).split())
    assert link.startswith("<https://hiring.example.org/mail/unsubscribe/")
