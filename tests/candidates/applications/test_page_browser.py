"""The page of an application in a real browser: by key, with a mention, and a decision seen before it leaves."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from candidates.models import Application, Note
from tests import factories as f
from tests.candidates.helpers import mails

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def two(recruiter: User) -> list[Application]:
    now = timezone.now()
    role = f.make_requisition(
        recruiter=recruiter, manager=f.make_user(Role.MANAGER, name="Max Manager"), now=now
    )
    f.make_reason(
        code="other-skills", label="Other skills", candidate_text="We need more SQL from the first day."
    )
    return [
        f.make_application(
            requisition=role, candidate=f.make_candidate(first_name=name, last_name="Example"), now=now
        )
        for name in ("Ada", "Ben")
    ]


@pytest.fixture
def desk(page: Any, live_server: Any, recruiter: User, two: list[Application]) -> Any:
    client = Client()
    client.force_login(recruiter)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"/applications/{two[0].pk}/")
    return page


def test_keys_go_to_the_neighbours(desk: Any) -> None:
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ada Example")
    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ben Example")
    desk.wait_for_load_state("networkidle")  # keys do something from when the page's scripts are there
    desk.keyboard.press("k")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ada Example")


def test_an_at_sign_brings_up_the_team(desk: Any) -> None:
    area = desk.get_by_role("textbox", name="Note")
    area.click()
    area.press_sequentially("What do you think, @max")
    expect(desk.get_by_role("option", name="Max Manager")).to_be_visible()
    desk.keyboard.press("Enter")
    area.press_sequentially("of the second must-have?")
    desk.get_by_role("button", name="Keep the note").click()

    expect(desk.get_by_text("What do you think, @Max Manager of the second must-have?")).to_be_visible()
    note = Note.objects.get()
    assert [user.name for user in note.mentions.all()] == ["Max Manager"]


def test_a_message_is_begun_with_a_template_and_own_words_are_kept(desk: Any) -> None:
    desk.get_by_role("tab", name="Write to Ada").click()
    body = desk.get_by_label("Message", exact=True)
    desk.get_by_label("Begin with").select_option("conversation.invitation")
    expect(body).to_have_value(re.compile("would like to get to know you"))
    body.fill("My own words.")
    desk.get_by_label("Begin with").select_option("conversation.question")
    desk.wait_for_timeout(500)
    expect(body).to_have_value("My own words.")
    desk.get_by_role("button", name="See it as it leaves").click()
    expect(desk.locator("#dialog").get_by_text("My own words.")).to_be_visible()


def test_a_no_follows_its_reason_and_can_be_taken_back(desk: Any, two: list[Application]) -> None:
    desk.keyboard.press("r")
    dialog = desk.locator("#dialog")
    expect(dialog.get_by_role("heading", name="Do not go on with Ada Example")).to_be_visible()
    dialog.get_by_label("Reason").select_option("other-skills")
    expect(dialog.get_by_label("Message")).to_have_value(
        re.compile(r"^Hello Ada,\n\n.*\n\nWe need more SQL from the first day\.\n\n", re.DOTALL)
    )
    dialog.get_by_role("button", name="Decide and tell Ada").click()

    expect(desk.get_by_text("Decided. Ada Example will be told.")).to_be_visible()
    expect(desk.get_by_text("Ada does not know yet: the letter leaves")).to_be_visible()
    desk.get_by_role("button", name="Take the decision back").click()
    expect(desk.get_by_role("button", name="To Manager review")).to_be_visible()
    assert [mail.state for mail in mails("application.rejected")] == ["cancelled"]


@pytest.mark.parametrize("place", ["applications", "candidates"])
def test_what_happened_is_as_tall_as_the_window_lets_it_be(
    desk: Any, live_server: Any, recruiter: User, two: list[Application], place: str
) -> None:
    """It scrolls by itself when it is longer, and is never cut where there is room."""
    one = two[0]
    for _ in range(3):
        f.make_note(one, recruiter)
    desk.set_viewport_size({"width": 1440, "height": 1200})
    desk.goto(f"{live_server.url}/{place}/{one.pk if place == 'applications' else one.candidate_id}/")
    story = desk.locator(".story")
    shown, whole = story.evaluate("e => [e.clientHeight, e.scrollHeight]")
    assert shown == whole > 160
    for _ in range(20):
        f.make_note(one, recruiter)
    desk.reload()
    shown, whole = story.evaluate("e => [e.clientHeight, e.scrollHeight]")
    assert 128 <= shown < whole
    assert story.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
