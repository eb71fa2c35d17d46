"""An organisation's SMS leave through the provider that is set, each at most once, to the one number they are for."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ats.accounts.actions.seal import seal_anew
from ats.accounts.domain import sealing
from ats.accounts.models import Role
from ats.chat.actions import wire
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.mail.models import OutgoingMail
from ats.models import Activity
from ats.sms import actions
from ats.sms.actions import deliver
from ats.sms.actions.providers import address_of, speaker_to
from ats.sms.models import SmsAccount, SmsKind, SmsMessage, SmsState, SuppressedNumber
from tests.ats.sms.server import ADDRESSES, TOKEN, TWILIO, Carrier, carrying
from tests.factories import NOW, make_organisation, make_user

pytestmark = pytest.mark.django_db
NUMBER = "+4915123456789"
OK = {
    "vonage": (200, '{"message-count": "1", "messages": [{"status": "0", "message-id": "1"}]}'),
    "seven": (200, '{"success": "100", "messages": []}'),
    "46elks": (200, '{"status": "created", "id": "s1"}'),
    "twilio": (201, '{"sid": "SM1"}'),
    "sinch": (201, '{"id": "1"}'),
}


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with carrying() as server:
        yield server


def account_of(url: str = TWILIO, **facts: Any) -> SmsAccount:
    by = facts.pop("by", None) or make_user(Role.ADMIN)
    organisation = facts.pop("organisation", None) or make_organisation()
    facts = {"hears": False} | facts
    return actions.set_account(organisation=organisation, url=url, by=by, now=NOW, **facts)


def send(account: SmsAccount, key: str = "one", text: str = "Example: a word.", **facts: Any) -> bool:
    facts = {"kind": SmsKind.TEST, "to": NUMBER, "not_after": NOW + timedelta(days=1)} | facts
    kind = facts.pop("kind")
    return actions.queue(kind, key=key, text=text, organisation_id=account.organisation_id, now=NOW, **facts)


def states() -> list[tuple[str, str]]:
    return list(SmsMessage.objects.order_by("pk").values_list("state", "last_error"))


@pytest.mark.parametrize("provider", sorted(ADDRESSES))
def test_each_provider_gets_it_once_and_nobody_else_does(carrier: Carrier, provider: str) -> None:
    account = account_of(ADDRESSES[provider])
    carrier.status, carrier.body = OK[provider]
    assert send(account)
    assert not send(account)
    assert deliver.deliver(NOW) == 1
    assert deliver.deliver(NOW) == 0
    ((number, text),) = carrier.heard
    assert (number.lstrip("+"), text) == (NUMBER[1:], "Example: a word.")
    assert states() == [("sent", "")]
    assert SmsMessage.objects.get().sent_at == NOW


@pytest.mark.parametrize(
    ("provider", "status", "body", "state", "why", "rests"),
    [
        ("vonage", 200, '{"messages": [{"status": "4", "error-text": "Bad"}]}', "failed", "(4). Bad", True),
        ("vonage", 200, '{"messages": [{"status": "6", "error-text": "No"}]}', "failed", "(6). No", False),
        ("vonage", 200, '{"messages": [{"status": "1"}]}', "queued", "(1).", False),
        (
            "vonage",
            200,
            '{"messages": [{"status": "0"}, {"status": "1"}]}',
            "unknown",
            "cannot be read",
            False,
        ),
        ("vonage", 200, "<html>", "unknown", "cannot be read", False),
        ("vonage", 200, '{"messages": "x"}', "unknown", "cannot be read", False),
        ("seven", 200, '{"success": "900"}', "failed", "(900).", True),
        ("seven", 200, "202", "failed", "(202).", False),
        ("seven", 200, "[]", "unknown", "cannot be read", False),
        ("twilio", 401, '{"code": 20003, "message": "Authenticate"}', "failed", "(401). Authenticate", True),
        ("twilio", 400, '{"code": 21211, "message": "Invalid To"}', "failed", "(400). Invalid To", False),
        ("twilio", 429, "", "queued", "(429)", False),
        ("twilio", 503, "", "queued", "(503)", False),
        ("twilio", 500, "", "unknown", "(500)", False),
        ("twilio", 302, "", "failed", "(302)", False),
        ("46elks", 403, "No credit", "failed", "(403).", True),
    ],
)
def test_what_a_provider_says_is_read(
    carrier: Carrier, provider: str, status: int, body: str, state: str, why: str, rests: bool
) -> None:
    account = account_of(ADDRESSES[provider])
    carrier.status, carrier.body = status, body
    send(account)
    deliver.deliver(NOW)
    ((found, said),) = states()
    assert (found, why in said) == (state, True), said
    account.refresh_from_db()
    assert bool(account.problem) == rests
    assert OutgoingMail.objects.filter(role="sms.trouble").count() == rests
    assert len(carrier.heard) == 1


def test_trouble_is_tried_again_later_and_not_for_ever(carrier: Carrier) -> None:
    account = account_of()
    carrier.status = 503
    send(account, not_after=NOW + timedelta(days=9))
    moment = NOW
    for _ in range(MAX_ATTEMPTS + 2):
        deliver.deliver(moment)
        moment += timedelta(hours=5)
    assert len(carrier.heard) == MAX_ATTEMPTS
    assert states() == [("failed", "The provider is in trouble (503).")]


def test_what_broke_off_after_it_was_heard_is_not_sent_again(carrier: Carrier) -> None:
    account = account_of()
    carrier.status = 0
    send(account)
    deliver.deliver(NOW)
    deliver.deliver(NOW + timedelta(hours=1))
    assert (len(carrier.heard), states()[0][0]) == (1, "unknown")


def test_one_that_answers_too_late_may_have_sent_it(carrier: Carrier, monkeypatch: Any) -> None:
    monkeypatch.setattr(wire, "WHOLE", 0.3)
    account = account_of()
    carrier.wait = 1
    send(account)
    deliver.deliver(NOW)
    assert states()[0][0] == "unknown"


def test_a_worker_that_died_sent_it_perhaps(carrier: Carrier) -> None:
    account = account_of()
    send(account), send(account, "two")
    gone = timezone.now() - timedelta(hours=1)
    first, second = SmsMessage.objects.order_by("pk")
    facts = {"state": SmsState.SENDING, "lease_until": gone, "lease_token": "0" * 32}
    SmsMessage.objects.filter(pk=first.pk).update(begun_at=NOW, **facts)
    SmsMessage.objects.filter(pk=second.pk).update(**facts)
    deliver.deliver(NOW)
    assert states() == [("unknown", deliver.LOST), ("sent", "")]
    assert len(carrier.heard) == 1


def test_whoever_told_the_provider_to_stop_told_us(carrier: Carrier) -> None:
    account = account_of()
    carrier.status, carrier.body = 400, '{"code": 21610, "message": "unsubscribed recipient"}'
    send(account), send(account, "two", not_before=NOW + timedelta(hours=1))
    deliver.deliver(NOW)
    assert SuppressedNumber.objects.get().number == NUMBER
    assert [state for state, _ in states()] == ["failed", "cancelled"]
    send(account, "three")
    deliver.deliver(NOW)
    assert states()[2] == ("cancelled", deliver.UNWANTED)
    assert len(carrier.heard) == 1


def test_nothing_leaves_too_late_or_without_a_provider(carrier: Carrier) -> None:
    account = account_of()
    send(account), send(account, "two")
    SmsMessage.objects.filter(key="one").update(not_after=NOW)
    SmsAccount.objects.all().delete()
    deliver.deliver(NOW)
    assert states() == [("cancelled", deliver.LATE), ("cancelled", deliver.NO_ACCOUNT)]
    assert carrier.heard == []


def test_a_code_is_not_kept_nor_a_key_to_a_page(carrier: Carrier, monkeypatch: Any) -> None:
    monkeypatch.setattr(deliver, "_asked", [])  # whoever knows candidates knows none of these
    account, key = account_of(), "k" * 43
    send(account, kind=SmsKind.CODE, text="Your code is 123456.")
    send(account, "two", kind=SmsKind.NOTICE, text=f"News: http://testserver/status/{key}/ Bye.")
    deliver.deliver(NOW)
    assert key in carrier.texts[1]
    kept = list(SmsMessage.objects.order_by("pk").values_list("text", flat=True))
    assert kept == [deliver.FORGOTTEN, "News: http://testserver/status/…/ Bye."]


# --- Addresses


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.com/",
        "slack://a/b/c",
        "mailto://me:word@example.com",
        "json://127.0.0.1/",
        "twilio://short",
        f"{TWILIO}/4915123456789",
        f"{TWILIO}?to=4915123456789",
        f"{TWILIO}?method=call",
        f"twilio://AC{TOKEN}:{TOKEN}@w:15005550006",
        "seven://abcdef/4915123456789",
        f"{TWILIO}{'x' * 500}",
        f"{TWILIO} x",
        "file:///etc/passwd",
    ],
)
def test_only_what_sends_sms_and_to_nobody_else(url: str) -> None:
    with pytest.raises(Invalid):
        address_of(url)


@pytest.mark.parametrize("provider", sorted(ADDRESSES))
def test_a_number_that_the_library_would_drop_gets_its_sms(carrier: Carrier, provider: str) -> None:
    """The library would send it to the sender itself, and call it sent."""
    account = account_of(ADDRESSES[provider])
    carrier.status, carrier.body = OK[provider]
    send(account, to="+298211234")
    deliver.deliver(NOW)
    assert [number.lstrip("+") for number, _ in carrier.heard] == ["298211234"]
    for number in ("+1", "not a number", "", "298211234", "+4915123456789;ext=1", "+49151234567890123"):
        assert speaker_to(address_of(ADDRESSES[provider]), number) is None, number


def test_an_address_that_leads_into_the_house_is_not_gone_to(carrier: Carrier, settings: Any) -> None:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset()
    account = account_of()
    send(account)
    deliver.deliver(NOW)
    assert carrier.heard == []
    assert states()[0][0] == "failed"


def test_the_address_lies_sealed_and_is_sealed_anew(settings: Any) -> None:
    account = account_of()
    assert TOKEN not in account.address
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the house" * 3, [old]
    assert seal_anew() == 1
    settings.SECRET_KEY_FALLBACKS = []
    account.refresh_from_db()
    assert sealing.opened(account.address) == TWILIO


# --- Settings


def test_an_administrator_sets_tries_and_takes_away(carrier: Carrier, client: Client) -> None:
    admin, organisation = make_user(Role.ADMIN), make_organisation()
    client.force_login(admin)
    said = {"organisation": organisation.pk, "address": TWILIO, "hears": "on"}
    assert client.post("/settings/sms/", said).status_code == 302
    account = SmsAccount.objects.get()
    assert (account.provider, account.sender, account.hears) == ("twilio", "+15005550006", True)
    client.post(f"/settings/sms/{account.pk}/", {"do": "try", "number": "+49 151 23456789"})
    deliver.deliver(timezone.now())
    assert carrier.texts == [f"{organisation.name}: Accord can send SMS."]
    page = client.get("/settings/sms/").content.decode()
    assert TOKEN not in page
    assert f"http://testserver/sms/hooks/{account.pk}/" in page
    client.post(f"/settings/sms/{account.pk}/", {"do": "remove"})
    assert not SmsAccount.objects.exists()
    verbs = Activity.objects.filter(verb__startswith="sms.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["sms.account_set", "sms.account_removed"]


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.LEAD, Role.MANAGER])
def test_nobody_else_does(role: str) -> None:
    account = account_of()
    other = make_user(role)
    with pytest.raises(NotAllowed):
        account_of(by=other)
    with pytest.raises(Missing):
        actions.remove_account(account_id=account.pk, by=other, now=NOW)


def test_answers_come_in_only_where_they_can_be_proven() -> None:
    with pytest.raises(Invalid):
        account_of(ADDRESSES["vonage"], hears=True)
    with pytest.raises(Invalid):
        account_of(f"{TWILIO}?apikey=SK{TOKEN}", hears=True)


@pytest.mark.parametrize("number", ["", "0151 23456789", "+49 30 901820", "+1 900 555 0123", "abc", "+49"])
def test_a_test_goes_to_a_mobile_number_alone(number: str) -> None:
    account = account_of()
    with pytest.raises(Invalid):
        actions.try_account(account_id=account.pk, number=number, by=make_user(Role.ADMIN), now=NOW)


def test_the_page_asks_the_same_for_one_and_for_many(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(make_user(Role.ADMIN))
    one = account_of()
    send(one)
    SmsMessage.objects.update(state="failed", last_error="No.")
    client.get("/settings/sms/")
    with _counting() as few:
        client.get("/settings/sms/")
    for _ in range(4):
        account_of()
    with _counting() as many:
        client.get("/settings/sms/")
    assert len(many) == len(few)


def _counting() -> Any:
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


# --- Two workers


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_once(settings: Any) -> None:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with carrying() as carrier:
        carrier.wait = 0.05
        account = account_of()
        for number in range(12):
            send(account, str(number), text=f"Example: {number}.")
        together = Barrier(2)

        def work() -> None:
            together.wait()
            while deliver.deliver(NOW):
                pass
            connection.close()

        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(carrier.texts) == sorted(f"Example: {number}." for number in range(12))
    assert {state for state, _ in states()} == {"sent"}
