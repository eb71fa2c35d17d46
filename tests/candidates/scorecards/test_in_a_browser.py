"""Writing during an interview in a real browser: over a bad connection, in two windows, with one thumb."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from candidates.models import Scorecard
from tests import factories as f
from tests.candidates.scorecards.helpers import card_of, hand_in, met

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISTAKES = "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.nodes[0].html))"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def card(page: Any, live_server: Any) -> Scorecard:
    user = f.make_user("interviewer", name="Ines Interviewer")
    interview = met(user, starts_at=timezone.now() - timedelta(minutes=30))
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 800})
    return card_of(interview, user)


def state(page: Any) -> Any:
    return page.locator("[data-autosave-state]")


def test_nothing_typed_is_lost_over_a_bad_connection(page: Any, card: Scorecard) -> None:
    page.goto(f"/scorecards/{card.pk}/")
    reason = page.get_by_label("What decided it")
    reason.fill("Explains well.")
    expect(state(page)).to_contain_text("Saved at")

    # The server has it, but its answer never comes: that is no conflict with oneself.
    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft/", lose, times=1)
    reason.fill("Explains well, with examples.")
    expect(state(page)).to_contain_text("No connection")
    reason.fill("Explains well, with examples of her own.")
    expect(state(page)).to_contain_text("Saved at")
    card.refresh_from_db()
    assert card.reason == "Explains well, with examples of her own."

    # Gone, and the window closed: the words come back on the same device, and are saved.
    page.context.set_offline(True)
    page.locator("label.choice", has_text="Strong yes").first.click()
    page.get_by_label("Evidence: Python").fill("Wrote the parser.")
    expect(state(page)).to_contain_text("No connection. Your words are kept on this device")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"/scorecards/{card.pk}/")
    expect(again.get_by_label("Evidence: Python")).to_have_value("Wrote the parser.")
    expect(state(again)).to_contain_text("Saved at")
    mark = card.marks.get(position=0)
    assert (mark.rating, mark.evidence) == ("strong_yes", "Wrote the parser.")
    assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('autosave:'))") == []


def test_two_windows_then_handed_in_by_keyboard_and_read(page: Any, card: Scorecard, axe: str) -> None:
    address = f"/scorecards/{card.pk}/"
    other = page.context.new_page()
    for window in (page, other):
        window.goto(address)
    page.get_by_label("Evidence: Python").fill("From the telephone.")
    expect(state(page)).to_contain_text("Saved at")
    other.get_by_label("Evidence: Python").fill("From the desk.")
    expect(other.locator("[data-other] blockquote")).to_have_text("From the telephone.")
    expect(state(other)).to_contain_text("Both texts are here")
    other.get_by_role("button", name="Hand in").click()
    expect(other.get_by_role("button", name="Keep what stands above")).to_be_focused()
    other.get_by_role("button", name="Keep both").click()
    expect(state(other)).to_contain_text("Saved at")
    assert card.marks.get(position=0).evidence == "From the desk.\n\nFrom the telephone."
    other.close()

    page.goto(address)
    for group in page.locator(".scorecard-form fieldset").all():
        group.get_by_role("radio", name="Yes", exact=True).focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.get_by_label("Evidence: SQL").fill("Knew every join.")
    page.get_by_label("What decided it").fill("Both must-haves, shown in her own work.")
    page.evaluate(axe)
    assert (page.evaluate(MISTAKES), page.evaluate(SIDEWAYS)) == ([], 0)
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/debrief/**")
    card.refresh_from_db()
    assert (card.state, card.recommendation) == ("submitted", "strong_yes")
    second = met(
        f.make_user("interviewer"),
        application=card.application,
        starts_at=timezone.now() - timedelta(hours=9),
    )
    hand_in(second.scorecards.get(), now=timezone.now(), rating="no", word="Not shown. " * 20)
    page.reload()
    page.evaluate(axe)
    assert (page.evaluate(MISTAKES), page.evaluate(SIDEWAYS)) == ([], 0)
    expect(page.get_by_text("They differ on “Python”, “SQL”.")).to_be_visible()
