"""A candidate chooses a language, keeps it, and reads every page from right to left, without a script."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.mail.unsubscribing import address_for
from candidates.consents import actions as consents
from candidates.models import Candidate
from tests.candidates.portal.helpers import applied, open_for
from tests.factories import make_post, make_question, make_requisition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
FOUND = "axe.run().then(found => found.violations.map(each => `${each.id}: ${each.nodes[0].html}`))"
ACROSS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def post() -> Any:
    role = make_requisition(title="Data engineer", pay_min=68_000, pay_max=82_000)
    post = make_post(role, slug="data-engineer", title="Data engineer")
    make_question(post, "yes_no", label="May you work here?", required=True)
    return post


def test_a_language_is_chosen_with_the_keyboard_and_stays(
    browser: Any, live_server: Any, settings: Any, post: Any
) -> None:
    settings.BASE_URL = live_server.url
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=NARROW)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/careers/data-engineer/")
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=de]", state="attached")
    assert page.url.endswith("/careers/data-engineer/")

    page.get_by_role("link", name="Bewerben").first.click()
    page.get_by_label("Vorname").fill("Zoë")
    page.get_by_label("E-Mail").fill("zoe@example.com")
    page.get_by_label("Ein paar Worte an uns").fill("Hallo.")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Bewerbung absenden").click()
    assert page.get_by_role("heading", name="Danke für Ihre Bewerbung").is_visible()
    context.close()

    engine.tick(timezone.now())
    mail = OutgoingMail.objects.get(role="application.acknowledged")
    link = next(word for word in mail.text.split() if "/status/" in word)
    elsewhere = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    elsewhere.set_default_timeout(15_000)
    page = elsewhere.new_page()
    page.goto(link)
    assert page.get_by_role("heading", name="Hallo Zoë").is_visible()
    page.locator(".languages summary").click()
    page.get_by_role("button", name="Français").click()
    assert page.get_by_role("heading", name="Bonjour Zoë").is_visible()
    assert Candidate.objects.get().language == "fr"
    elsewhere.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("language", ["ar", "de", "fr"])
def test_pages_are_sound_in_long_words_and_from_right_to_left(
    browser: Any, live_server: Any, axe: str, post: Any, language: str, size: dict[str, int], scheme: str
) -> None:
    robin = applied(email="robin@example.com", language=language, consent_pool=True).candidate
    consents.agree(candidate=robin, purpose="news", where="page", by=robin, now=timezone.now())
    own = open_for(robin)
    context = browser.new_context(
        base_url=live_server.url, locale=language, viewport=size, color_scheme=scheme, bypass_csp=True
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    for name, path in (
        ("list", "/careers/"),
        ("job", "/careers/data-engineer/"),
        ("form", "/careers/data-engineer/apply/"),
        ("portal", own),
        ("details", f"{own}details/"),
        ("preferences", f"{own}preferences/"),
        ("unsubscribe", urlsplit(address_for(robin.email, "news")).path),
    ):
        page.goto(path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        if name == "form":
            page.get_by_role(
                "button", name={"ar": "إرسال الطلب", "de": "Bewerbung", "fr": "Envoyer"}[language]
            ).click()
        page.evaluate(axe)
        assert page.evaluate(FOUND) == [], f"{language} {name}"
        assert page.evaluate(ACROSS) == 0, f"{language} {name} is wider than its window"
        _kept(page, f"{language}-{name}-{size['width']}-{scheme}")
    page.locator(".languages summary").click()
    box = page.locator(".languages form").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    _kept(page, f"{language}-menu-{size['width']}-{scheme}")
    context.close()


def _kept(page: Any, name: str) -> None:
    """A picture to look at, in the folder `PICTURES`, where one is named."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
