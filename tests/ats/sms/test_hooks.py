"""What comes in by SMS: believed by its signature alone, heard once, and never a way for others to stop somebody's."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats.mail.models import IncomingMail
from ats.sms.models import HeardSms, SmsAccount, SuppressedNumber
from tests.ats.sms.server import ADDRESSES, TOKEN
from tests.ats.sms.test_sms import account_of

pytestmark = pytest.mark.django_db
NUMBER = "+4915123456789"
SID = "SM00000000000000000000000000000001"


def signed(path: str, facts: dict[str, str], token: str = TOKEN, base: str = "http://testserver") -> str:
    said = f"{base}{path}" + "".join(f"{name}{facts[name]}" for name in sorted(facts))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def call(client: Client, account: SmsAccount, text: str, **more: str) -> Any:
    facts = {"MessageSid": SID, "From": NUMBER, "To": "+15005550006", "Body": text} | more
    path = f"/sms/hooks/{account.pk}/"
    return client.post(path, facts, headers={"X-Twilio-Signature": signed(path, facts)})


@pytest.fixture
def account() -> SmsAccount:
    return account_of(hears=True)


def test_the_signature_is_twilio_s(account: SmsAccount, client: Client) -> None:
    """The example of Twilio's documentation, which is public: https://www.twilio.com/docs/usage/security."""
    from django.test import RequestFactory, override_settings

    from ats.sms.pages.public.views import signature_of

    facts = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    request = RequestFactory().post("/myapp.php?foo=1&bar=2", facts)
    with override_settings(BASE_URL="https://mycompany.com"):
        assert signature_of(request, "12345") == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_an_unknown_number_lies_in_the_inbox_once(account: SmsAccount, client: Client) -> None:
    for _ in range(3):
        assert call(client, account, "Is this you?").status_code == 200
    mail = IncomingMail.objects.get()
    assert (mail.source, mail.sender, mail.subject) == (
        "sms",
        f"{NUMBER}@sms.invalid",
        "SMS from +49 1512 3456789",
    )


@pytest.mark.parametrize("text", ["STOP", "Stopp.", "ARRÊT", "توقف"])
def test_stop_counts_at_once_and_once(account: SmsAccount, client: Client, text: str) -> None:
    assert call(client, account, text).status_code == 200
    assert SuppressedNumber.objects.get().number == NUMBER
    call(client, account, "START", MessageSid=f"{SID}2")
    assert not SuppressedNumber.objects.exists()
    call(client, account, text)  # said again by whoever kept it
    assert not SuppressedNumber.objects.exists()
    assert not IncomingMail.objects.exists()


def test_what_the_provider_took_for_a_stop_is_one(account: SmsAccount, client: Client) -> None:
    call(client, account, "Lass das", OptOutType="STOP")
    assert SuppressedNumber.objects.get().number == NUMBER


def test_nobody_else_is_believed(account: SmsAccount, client: Client) -> None:
    path, facts = f"/sms/hooks/{account.pk}/", {"MessageSid": SID, "From": NUMBER, "Body": "STOP"}
    right = signed(path, facts)
    for headers, said in (
        ({}, facts),
        ({"X-Twilio-Signature": ""}, facts),
        ({"X-Twilio-Signature": "x"}, facts),
        ({"X-Twilio-Signature": signed(path, facts, "another")}, facts),
        ({"X-Twilio-Signature": right}, facts | {"From": "+4915123456780"}),
        ({"X-Twilio-Signature": right}, facts | {"Extra": "1"}),
    ):
        assert client.post(path, said, headers=headers).status_code == 403, headers
    other = account_of(ADDRESSES["vonage"])
    assert client.post(f"/sms/hooks/{other.pk}/", facts).status_code == 404
    assert client.post("/sms/hooks/999999/", facts).status_code == 404
    assert client.get(path).status_code == 405
    assert not SuppressedNumber.objects.exists()
    assert not HeardSms.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"From": "Bank"},
        {"From": ""},
        {"From": "+49\r\nBcc: x@example.com"},
        {"MessageSid": ""},
        {"MessageSid": "x" * 200},
        {"MessageSid": "../../x"},
    ],
)
def test_what_is_no_sms_is_not_kept(account: SmsAccount, client: Client, more: dict[str, str]) -> None:
    assert call(client, account, "Hello", **more).status_code == 400
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x00",
        "x" * 50_000,
        "From: admin@example.com\r\n\r\nHi",
        "--=\r\n.\r\n😀",
        "<script>alert(1)</script>",
    ],
)
def test_whatever_is_said_is_read(account: SmsAccount, client: Client, text: str) -> None:
    from ats.mail import inbound

    assert call(client, account, text, NumMedia="1").status_code == 200
    inbound.read_waiting(timezone.now() + timedelta(minutes=1))
    mail = IncomingMail.objects.get()
    assert (mail.sender, mail.state, mail.why) == (f"{NUMBER}@sms.invalid", "open", "unknown")
