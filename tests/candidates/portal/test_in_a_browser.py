"""A person applies and looks after their application, in a real browser that runs no script."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from ats.duework import engine
from ats.mail.models import OutgoingMail
from candidates.models import Application, Document, Message
from candidates.portal.actions.make_links import new_link
from tests.candidates.documents import files
from tests.factories import make_application, make_message, make_post, make_question, make_requisition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(browser: Any, live_server: Any) -> Any:
    """A small window without scripts."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_applying_and_everything_after_it_without_a_script(
    plain: Any, live_server: Any, settings: Any
) -> None:
    settings.BASE_URL = live_server.url
    post = make_post(make_requisition(title="Data engineer"), slug="data-engineer")
    make_question(post, "yes_no", label="May you work here?", required=True)

    plain.goto("/careers/data-engineer/apply/")
    plain.get_by_label("First name").fill("Zoë")
    plain.get_by_label("Last name").fill("Example")
    plain.get_by_label("Résumé").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    )
    plain.get_by_role("button", name="Send application").click()
    assert plain.get_by_text("cv.pdf is attached.").is_visible()

    plain.get_by_label("E-mail").fill("zoe@example.com")
    plain.get_by_label("Yes").check()
    plain.get_by_role("button", name="Send application").click()
    assert plain.get_by_role("heading", name="Thank you for applying").is_visible()
    assert Document.objects.get().filename == "cv.pdf"

    engine.tick(timezone.now())
    mail = OutgoingMail.objects.get(role="application.acknowledged")
    link = next(word for word in mail.text.split() if "/status/" in word)
    plain.goto(link)
    assert plain.get_by_role("heading", name="Hello Zoë").is_visible()

    plain.get_by_label("Write to us").fill("Is there a canteen?")
    plain.get_by_role("button", name="Send", exact=True).click()
    assert plain.get_by_text("Your message has arrived.").is_visible()
    assert Message.objects.get().body == "Is there a canteen?"

    plain.get_by_text("Add a document").click()
    plain.locator("#document").set_input_files(
        {"name": "more.txt", "mimeType": "text/plain", "buffer": b"More"}
    )
    plain.get_by_role("button", name="Send the document").click()
    assert plain.get_by_role("link", name="more.txt").is_visible()

    plain.get_by_role("link", name="Withdraw this application").click()
    plain.get_by_role("button", name="Withdraw my application").click()
    assert plain.get_by_text("You have withdrawn.").is_visible()
    assert Application.objects.get().state == "withdrawn"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_narrow_window(
    browser: Any, live_server: Any, axe: str, scheme: str
) -> None:

    application = make_application()
    make_message(application)
    post = make_post(application.requisition, slug="engineer")
    for kind in ("short", "long", "choice", "several", "yes_no", "file"):
        make_question(post, kind)
    path = urlsplit(new_link(candidate=application.candidate, now=timezone.now())).path
    # The checks need a script; the pages have none, and their policy allows none.
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 700}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for address in (
        "/careers/engineer/apply/", "/careers/engineer/thanks/", "/status/", "/status/wrong/",
        path, f"{path}details/", f"{path}withdraw/{application.pk}/",
    ):  # fmt: skip
        page.goto(address)
        page.evaluate(axe)
        wrong = page.evaluate(
            "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.nodes[0].html))"
        )
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if wrong or wide:
            found[address] = (wrong, wide)
    context.close()
    assert found == {}
