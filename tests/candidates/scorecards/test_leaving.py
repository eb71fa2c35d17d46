"""Who signs out leaves nothing on the device: no words, no page to go back to, no other window that goes on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import User
from candidates.models import Scorecard
from tests import factories as f
from tests.candidates.scorecards.helpers import card_of, met

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORED = """[
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage)
    .filter((key) => sessionStorage[key] !== location.pathname + location.search),
].sort()"""
"""What the device keeps, but for the address of the page that is shown, which htmx notes."""
EVIDENCE = "Wrote a parser, and told us why."
SIGN_IN = re.compile(r"/accounts/login/")


@pytest.fixture
def ines(db: None) -> User:
    return f.make_user("interviewer", name="Ines Interviewer")


@pytest.fixture
def card(page: Any, live_server: Any, ines: User) -> Scorecard:
    interview = met(ines, starts_at=timezone.now() - timedelta(minutes=30))
    come_in(page, live_server, ines)
    return card_of(interview, ines)


def come_in(page: Any, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def write_without_a_connection(page: Any, card: Scorecard) -> None:
    """On a window that is closed before they arrive; the colours of the device are chosen beside."""
    page.goto(f"/scorecards/{card.pk}/")
    page.evaluate("localStorage.setItem('accord-theme', 'dark')")
    page.context.set_offline(True)
    page.get_by_label("Evidence: Python").fill(EVIDENCE)
    expect(page.locator("[data-autosave-state]")).to_contain_text("kept on this device")
    page.goto("about:blank")
    page.context.set_offline(False)


def stored(page: Any) -> list[str]:
    """Once the page's own scripts have run."""
    for _ in range(150):
        if "left" not in (keys := page.evaluate(STORED)):
            break
        page.wait_for_timeout(100)
    return list(keys)


def sign_out(page: Any) -> None:
    page.locator("[data-person] > summary").click()
    page.get_by_role("button", name="Sign out").click()


def test_signing_out_asks_about_what_never_arrived_and_leaves_nothing(page: Any, card: Scorecard) -> None:
    write_without_a_connection(page, card)
    page.goto("/scorecards/")
    page.evaluate("sessionStorage.setItem('place:/scorecards/', '{}')")
    other = page.context.new_page()
    other.goto("/scorecards/")
    assert EVIDENCE in page.evaluate(f"localStorage.getItem('autosave:/scorecards/{card.pk}/draft/')")

    sign_out(page)
    question = page.locator("#confirm")
    expect(question).to_contain_text("Sign out and lose what you wrote?")
    question.get_by_role("button", name="Cancel").click()
    expect(page).to_have_url(re.compile("/scorecards/$"))
    assert stored(page) == [
        "accord-theme",
        f"autosave:/scorecards/{card.pk}/draft/",
        "place:/scorecards/",
    ]

    sign_out(page)
    question.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(SIGN_IN)
    assert stored(page) == ["accord-theme"]
    expect(other).to_have_url(SIGN_IN)
    assert stored(other) == ["accord-theme"]
    page.go_back()
    expect(page).to_have_url(SIGN_IN)
    expect(page.locator("[data-person]")).to_have_count(0)


def test_with_nothing_kept_nothing_is_asked(page: Any, card: Scorecard) -> None:
    page.goto("/scorecards/")
    sign_out(page)
    expect(page).to_have_url(SIGN_IN)
    assert stored(page) == []


def test_where_the_session_ends_by_itself_words_wait_for_their_writer_alone(
    page: Any, card: Scorecard, live_server: Any, ines: User
) -> None:
    write_without_a_connection(page, card)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    kept = [f"autosave:/scorecards/{card.pk}/draft/"]
    assert stored(page) == ["accord-theme", *kept]

    come_in(page, live_server, ines)
    page.goto("/scorecards/")
    assert stored(page) == ["accord-theme", *kept]
    page.context.clear_cookies()
    come_in(page, live_server, f.make_user("interviewer", name="Omar Other"))
    page.goto("/scorecards/")
    assert stored(page) == ["accord-theme"]


def test_words_that_nobody_came_back_for_go_after_a_week(page: Any, card: Scorecard) -> None:
    write_without_a_connection(page, card)
    page.goto("/accounts/login/")
    page.evaluate(
        """key => {
          const kept = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 8 * 24 * 60 * 60 * 1000 }));
        }""",
        f"autosave:/scorecards/{card.pk}/draft/",
    )
    page.reload()
    assert stored(page) == ["accord-theme"]
