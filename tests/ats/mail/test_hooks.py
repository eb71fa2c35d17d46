"""What providers of mail call with becomes rows, like what a mailbox holds; and nobody else is heard."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from ats.mail import inbound
from ats.mail.arrivals import content_of
from ats.mail.incoming import parsed
from ats.mail.message import build, message_id
from ats.mail.models import IncomingMail, OutgoingMail
from tests.factories import NOW

pytestmark = pytest.mark.django_db

SECRET, KEY = "accord:a-long-one", "key-of-the-provider"
MAIL = (
    "From: Robin Example <robin@example.com>\r\nTo: hiring@example.org\r\nMessage-ID: <a1@mail.example>\r\n"
    "Subject: Thursday\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThursday suits me, grüße.\r\n"
)
BASIC = {"Authorization": f"Basic {b64encode(SECRET.encode()).decode()}"}


@pytest.fixture(autouse=True)
def _heard(settings: Any) -> None:
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
        "MAILERSEND_SIGNING_SECRET": KEY,
        "MAILERSEND_INBOUND_SECRET": f"{KEY}-in",
    }


def signed(words: str, key: str = KEY) -> str:
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()


def mailgun_form(key: str = KEY, **fields: Any) -> dict[str, Any]:
    token, moment = "5f" * 25, "1795953600"
    return {"token": token, "timestamp": moment, "signature": signed(f"{moment}{token}", key), **fields}


def call(address: str, data: Any, *, headers: dict[str, str] | None = None) -> int:
    """What the house answers: JSON if it is text, else a form."""
    how = {"content_type": "application/json"} if isinstance(data, str) else {}
    found = Client().post(f"/mail/hooks/{address}/", data, headers={**BASIC, **(headers or {})}, **how)
    return found.status_code


def mailersend(address: str, said: dict[str, Any], key: str = KEY) -> int:
    words = json.dumps(said)
    return call(f"mailersend/{address}", words, headers={"Signature": signed(words, key)})


INCOMING: dict[str, Callable[[], int]] = {
    "mailersend": lambda: mailersend(
        "incoming", {"type": "inbound.message", "data": {"id": "1", "raw": MAIL}}, f"{KEY}-in"
    ),
    "postmark": lambda: call(
        "postmark/incoming", json.dumps({"FromFull": {}, "Headers": [], "RawEmail": MAIL})
    ),
}


@pytest.mark.parametrize("provider", INCOMING)
def test_a_message_is_kept_as_it_came_in_and_once(provider: str) -> None:
    assert [INCOMING[provider]() for _ in range(2)] == [204, 204]
    row = IncomingMail.objects.get()
    assert (row.source, row.sender, row.subject) == (provider, "robin@example.com", "Thursday")
    assert content_of(row) == MAIL.encode()


def papers() -> dict[str, Any]:
    return mailgun_form(
        **{
            "from": "Robin Example <robin@example.com>",
            "message-headers": json.dumps(
                [["From", "Robin Example <robin@example.com>"], ["Subject", "My papers"]]
            ),
            "body-plain": "Here they are.",
            "attachment-count": "1",
            "attachment-1": SimpleUploadedFile(
                "papers.pdf", b"%PDF-1.4 papers", content_type="application/pdf"
            ),
        }
    )


def test_a_message_in_parts_keeps_its_words_and_its_files_once() -> None:
    assert [call("mailgun/incoming", papers()) for _ in range(2)] == [204, 204]
    row = IncomingMail.objects.get()
    assert (row.sender, row.subject) == ("robin@example.com", "My papers")
    parts = [part for part in parsed(content_of(row) or b"").walk() if not part.is_multipart()]
    assert [(part.get_content_type(), part.get_payload(decode=True).strip()) for part in parts] == [
        ("text/plain", b"Here they are."),
        ("application/pdf", b"%PDF-1.4 papers"),
    ]


def mailgun_event(what: str, mail: OutgoingMail, **facts: Any) -> str:
    said = {
        "event": what,
        "recipient": mail.to,
        "timestamp": 1795953600.5,
        "message": {"headers": {"message-id": message_id(mail).strip("<>")}},
        "delivery-status": {"code": 550, "message": "5.1.1 no such user", "description": ""},
        **facts,
    }
    form = mailgun_form()
    return json.dumps({"signature": form, "event-data": said})


@pytest.mark.parametrize(
    ("what", "facts", "kind"),
    [
        ("failed", {"severity": "permanent", "reason": "bounce"}, "failure"),
        ("failed", {"severity": "temporary", "reason": "generic"}, "delay"),
        ("complained", {}, "complaint"),
    ],
)
def test_what_became_of_a_message_of_ours_is_read_as_any_report(
    put: Callable[..., OutgoingMail], what: str, facts: dict[str, Any], kind: str
) -> None:
    """Once, however often they call."""
    mail = put(to="robin@example.com")
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=NOW)
    said = mailgun_event(what, mail, **facts)
    assert call("mailgun/events", said) == 204
    inbound.read_waiting(NOW)
    assert call("mailgun/events", said) == 204
    row = IncomingMail.objects.get()
    assert (row.source, row.kind) == ("mailgun", kind)
    mail.refresh_from_db()
    assert mail.state == ("bounced" if kind == "failure" else "sent")
    if kind == "failure":
        assert row.mail == mail
        assert "5.1.1 no such user" in (content_of(row) or b"").decode()


@pytest.mark.parametrize("what", ["delivered", "opened", "clicked", "accepted", "unheard-of"])
def test_what_nobody_has_to_hear_of_is_no_row(put: Callable[..., OutgoingMail], what: str) -> None:
    assert call("mailgun/events", mailgun_event(what, put(to="robin@example.com"))) == 204
    assert not IncomingMail.objects.exists()


def test_others_say_it_in_their_words() -> None:
    bounce = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 7,
        "Email": "robin@example.com",
        "MessageID": "x@y",
    }
    assert call("postmark/events", json.dumps(bounce | {"BouncedAt": "2026-11-24T10:00:00Z"})) == 204
    recipient = {"email": "robin@example.com"}
    data = {"id": "8", "type": "hard_bounced", "email": {"message": {"id": "x"}, "recipient": recipient}}
    assert mailersend("events", {"type": "activity.hard_bounced", "data": data}) == 204
    inbound.read_waiting(NOW)
    found = IncomingMail.objects.order_by("id").values_list("source", "kind", "state", "why")
    assert list(found) == [
        ("postmark", "failure", "open", "not_ours"),
        ("mailersend", "failure", "open", "not_ours"),
    ]


# What each says of a message that had its own headers for it (their documentation; MailerSend's tags are a list).
THEIRS: dict[str, Callable[[OutgoingMail], int]] = {
    "postmark": lambda mail: call(
        "postmark/events",
        json.dumps(
            {
                "RecordType": "Bounce",
                "Type": "HardBounce",
                "ID": 7,
                "Email": mail.to,
                "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
                "BouncedAt": "2026-11-24T10:00:00Z",
                "Metadata": {"accord": headers_of(mail, "smtp.postmarkapp.com")["X-PM-Metadata-accord"]},
            }
        ),
    ),
    "mailersend": lambda mail: mailersend(
        "events",
        {
            "type": "activity.hard_bounced",
            "data": {
                "id": "8",
                "type": "hard_bounced",
                "email": {
                    "message": {"id": "62fb66bef54a112e920b5493"},
                    "recipient": {"email": mail.to},
                    "tags": [headers_of(mail, "smtp.mailersend.net")["X-MailerSend-Tags"]],
                },
            },
        },
    ),
}


def headers_of(mail: OutgoingMail, host: str) -> dict[str, str]:
    with override_settings(EMAIL_HOST=host):
        return dict(parsed(build(mail, (), now=NOW)).items())


@pytest.mark.parametrize("provider", THEIRS)
def test_an_id_of_their_own_is_no_hindrance_where_they_were_told_ours(
    put: Callable[..., OutgoingMail], provider: str
) -> None:
    mail, other = put(to="robin@example.com"), put(to="robin@example.com")
    OutgoingMail.objects.update(state="sent", sent_at=NOW)
    assert THEIRS[provider](mail) == 204
    inbound.read_waiting(NOW)
    row = IncomingMail.objects.get()
    assert (row.source, row.state, row.mail) == (provider, "settled", mail)
    states = OutgoingMail.objects.order_by("id").values_list("pk", "state")
    assert dict(states) == {mail.pk: "bounced", other.pk: "sent"}


def test_nobody_else_is_told_numbers_of_ours(put: Callable[..., OutgoingMail]) -> None:
    mail = put(to="robin@example.com")
    assert headers_of(mail, "smtp.postmarkapp.com")["X-PM-KeepID"] == "true"
    for host in ("mail.example.com", "postmarkapp.com.example.org", "notmailersend.net", "smtp.mailgun.org"):
        assert [name for name in headers_of(mail, host) if name.startswith("X-")] == []


def test_who_shows_no_secret_or_no_signature_is_not_heard() -> None:
    form, words = (
        mailgun_form(**{"body-mime": MAIL}),
        json.dumps({"FromFull": {}, "Headers": [], "RawEmail": MAIL}),
    )
    anybody = {"Authorization": ""}
    other = {"Authorization": f"Basic {b64encode(b'accord:another').decode()}"}
    assert [call("mailgun/incoming", form, headers=each) for each in (anybody, other)] == [403, 403]
    assert [call("postmark/incoming", words, headers=each) for each in (anybody, other)] == [403, 403]
    assert call("mailgun/incoming", mailgun_form("another key", **{"body-mime": MAIL})) == 403
    assert call("mailgun/incoming", {"body-mime": MAIL}) == 403
    said = {"type": "inbound.message", "data": {"id": "1", "raw": MAIL}}
    assert mailersend("incoming", said, "another key") == 403
    assert call("mailersend/incoming", json.dumps(said)) == 403
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "3", "null", '"a"', "{}", '{"Headers": 3}', '{"RawEmail": 3}', "\ud800"]
)
def test_what_cannot_be_read_is_said(said: str) -> None:
    found = Client().post(
        "/mail/hooks/postmark/incoming/",
        said.encode("utf-8", "surrogatepass"),
        content_type="application/json",
        headers=BASIC,
    )
    assert found.status_code == 400
    assert not IncomingMail.objects.exists()


def test_what_is_larger_than_mail_may_be_is_not_read(settings: Any) -> None:
    settings.INBOUND_MAX_BYTES = 1000
    words = json.dumps({"FromFull": {}, "Headers": [], "RawEmail": MAIL + "x" * 1400})
    assert call("postmark/incoming", words) == 413
    settings.INBOUND_MAX_BYTES, large = 5_000_000, MAIL + "x" * 4_000_000
    assert call("postmark/incoming", json.dumps({"FromFull": {}, "Headers": [], "RawEmail": large})) == 204
    assert content_of(IncomingMail.objects.get()) == large.encode()
    assert call("mailgun/incoming", mailgun_form(**{"body-mime": large})) == 413


def test_a_house_without_such_a_provider_has_no_such_address(settings: Any) -> None:
    assert Client().head("/mail/hooks/mailgun/events/").status_code == 200
    assert [call(f"{name}/incoming", {}) for name in ("pigeon", "sendgrid")] == [404, 404]
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    assert call("mailgun/incoming", mailgun_form(**{"body-mime": MAIL})) == 404
    assert call("postmark/events", "{}") == 204
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}
    assert call("postmark/events", "{}") == 404
