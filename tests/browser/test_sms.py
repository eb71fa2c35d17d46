"""A candidate chooses SMS, confirms their number, gets one beside a mail, and ends them with STOP."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from ats.models import SmsMessage
from ats.sms.models import SmsAccount
from candidates.messages import actions as conversation
from candidates.models import SmsChoice
from candidates.portal.actions.make_links import new_link
from tests import factories as f
from tests.ats.sms.server import TOKEN, TWILIO, Carrier, carrying
from tests.ats.sms.test_hooks import signed
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "+4915123456789"


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with carrying() as server:
        yield server


@pytest.fixture
def candidates(browser: Any, live_server: Any, size: tuple[int, int], scheme: str) -> Iterator[Any]:
    """A window of its own, whose console may note a form that was sent back."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(base_url=live_server.url, viewport=viewport, color_scheme=scheme)
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.mark.parametrize(
    ("size", "language", "scheme"),
    [((1440, 900), "en", "light"), ((390, 844), "de", "dark"), ((390, 844), "ar", "light")],
)
def test_a_candidate_chooses_sms_and_ends_them(
    window: Open,
    candidates: Any,
    smtp: Catcher,
    carrier: Carrier,
    settings: Any,
    live_server: Any,
    size: tuple[int, int],
    language: str,
    scheme: str,
    axe: str,
) -> None:
    settings.BASE_URL = live_server.url
    shown, now = f"sms-{size[0]}-{language}-{scheme}", timezone.now()
    admin, recruiter = f.make_user(Role.ADMIN), f.make_user(Role.RECRUITER)
    candidate = f.make_candidate(
        first_name="Robin", email="robin@example.com", language=language, time_zone="Europe/Berlin"
    )
    role = f.make_requisition(recruiter=recruiter, now=now)
    application = f.make_application(candidate=candidate, requisition=role, now=now - timedelta(hours=1))

    # An administrator sets who carries SMS, and tries it.
    staff = window(*size, color_scheme=scheme)
    enter(staff, admin)
    staff.goto("/settings/sms/")
    staff.select_option("[name=organisation]", str(role.organisation_id))
    staff.fill("[name=address]", TWILIO)
    staff.check("[name=hears]")
    staff.click("button:has-text('Set the provider')")
    staff.wait_for_selector(".toast-note:has-text('Set.')")
    staff.fill("[name=number]", NUMBER)
    staff.click("button:has-text('Send a test')")
    staff.wait_for_selector(".toast-note:has-text('on its way')")
    engine.tick(timezone.now())
    assert carrier.texts == [f"{role.organisation.name}: Accord can send SMS."]
    kept(staff, f"{shown}-settings")

    # The candidate: number, code, what.
    page = candidates.new_page()
    home = new_link(candidate=candidate, now=now).replace("http://testserver", live_server.url)
    page.goto(f"{home}preferences/")
    kept(page, f"{shown}-preferences")
    page.click("main a[href$='/sms/']")
    page.fill("[name=number]", "0151 23")
    page.click("form[action$='/number/'] button")
    assert page.locator("#number_error, .field-error").first.is_visible()
    kept(page, f"{shown}-refused")
    page.fill("[name=number]", "+49 151 23456789")
    page.click("form[action$='/number/'] button")
    page.wait_for_selector("[name=code]")
    kept(page, f"{shown}-code")
    accessible(page, axe)
    engine.tick(timezone.now())
    page.fill("[name=code]", re.search(r"\d{6}", carrier.texts[-1])[0])
    page.press("[name=code]", "Enter")
    page.wait_for_selector(".notice-kept")
    assert SmsChoice.objects.get().number == NUMBER
    page.goto(f"{home}sms/")
    kept(page, f"{shown}-chosen")
    accessible(page, axe)

    # A person writes; the SMS comes beside the mail, and stands in both conversations.
    conversation.send(
        application_id=application.pk,
        subject="Thursday",
        body="Would Thursday suit you?",
        by=recruiter,
        now=timezone.now(),
    )
    engine.tick(timezone.now())
    engine.tick(timezone.now())
    assert len(smtp.to("robin@example.com")) == 1
    assert len(carrier.heard) == 3
    link = re.search(r"http\S+", carrier.texts[-1])[0]
    page.goto(link)
    assert page.locator(".letter").count() == 2
    kept(page, f"{shown}-status")

    # They answer, and then they answer STOP.
    account = SmsAccount.objects.get()
    _answers(account, "Thursday is fine.", "SM1")
    engine.tick(timezone.now())
    page.reload()
    assert page.locator(".letter-mine", has_text="Thursday is fine.").count() == 1
    enter(staff, recruiter)
    staff.goto(f"/applications/{application.pk}/")
    settled(staff)
    assert staff.locator(".timeline-entry", has_text="answered by SMS").count() == 1
    assert staff.locator(".timeline-entry", has_text="sent an SMS").count() == 1
    kept(staff, f"{shown}-application")
    _answers(account, "Stop.", "SM2")
    assert not SmsChoice.objects.exists()
    page.goto(f"{home}sms/")
    assert page.locator("form[action$='/end/'], button[formaction]").count() == 0
    assert SmsMessage.objects.filter(state="queued").count() == 0


def _answers(account: SmsAccount, text: str, key: str) -> None:
    path = reverse("sms_hook", args=[account.pk])
    facts = {"MessageSid": key, "From": NUMBER, "Body": text}
    signature = signed(path, facts, TOKEN, base=house.BASE_URL)
    assert Client().post(path, facts, headers={"X-Twilio-Signature": signature}).status_code == 200
