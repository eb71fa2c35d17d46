"""A pool is made, people are added at once, a sequence begins for them, and an answer stops it for one."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role
from ats.mail import inbound
from candidates.models import SequenceRun
from tests import factories as f
from tests.browser.walking import accessible, settled
from tests.candidates.helpers import run_lane
from tests.candidates.pools.helpers import make_sequence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pictures(page: Any, name: str) -> None:
    if not (folder := os.environ.get("PICTURES")):
        return
    for width in (1440, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            settled(page)
            page.wait_for_timeout(400)  # colours fade
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(400)


def test_a_pool_is_filled_written_to_and_an_answer_stops_it(page: Any, live_server: Any, axe: str) -> None:
    recruiter = f.make_user(Role.RECRUITER, name="Kim Recruiter")
    house = f.make_organisation()
    make_sequence(recruiter, organisation=house, now=timezone.now())
    people = [f.make_candidate(first_name=name, headline="Nurse", city="Berlin") for name in ("Ada", "Bea")]
    client = Client()
    client.force_login(recruiter)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    page.goto("/candidates/pools/")
    pictures(page, "pools-empty")
    page.get_by_role("link", name="New pool").first.click()
    page.get_by_label("Name", exact=True).fill("Nurses")
    page.get_by_label("What people are kept for").fill("to tell you of roles for nurses")
    pictures(page, "pool-new")
    page.get_by_role("button", name="Make the pool").click()

    page.goto("/candidates/")
    page.locator("[data-row-pick-all]").check()
    page.locator("[data-rows-bar]").get_by_role("button", name="Add to a pool").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Pool").select_option(label="Nurses")
    dialog.get_by_label("Why, in a few words").fill("Met at the fair")
    dialog.get_by_role("button", name="See whom it touches").click()
    page.locator("#run form[action$='/start/'] button").first.click()
    settled(page)
    run_lane("bulk", timezone.now())

    page.goto("/candidates/pools/")
    page.get_by_role("link", name="Nurses").click()
    expect(page.get_by_text("2 people · 2 without consent")).to_be_visible()
    pictures(page, "pool")
    accessible(page, axe)
    page.get_by_role("button", name="Begin a sequence").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Sequence").select_option(label="Getting to know")
    dialog.get_by_role("button", name="See whom it touches").click()
    page.locator("#run form[action$='/start/'] button").first.click()
    settled(page)
    run_lane("bulk", timezone.now())
    run_lane("sequences", timezone.now())

    answer = f"From: <{people[0].email}>\r\nTo: <x@example.com>\r\nSubject: Yes\r\n\r\nGladly.\r\n"
    inbound.take_in(answer.encode(), timezone.now())
    run_lane("sequences", timezone.now())
    assert list(SequenceRun.objects.order_by("candidate").values_list("state", "stop")) == [
        ("stopped", "answered"),
        ("running", ""),
    ]
    page.goto(f"/candidates/{people[0].pk}/")
    expect(page.get_by_text("Stopped: They answered")).to_be_visible()
    pictures(page, "person-stopped")
    accessible(page, axe)
    page.goto(f"/candidates/{people[1].pk}/")
    expect(page.get_by_role("button", name="Stop : Getting to know")).to_be_visible()
    pictures(page, "person-running")
    page.goto("/candidates/sequences/")
    page.get_by_role("link", name="Getting to know").click()
    expect(page.get_by_role("heading", name="The mails")).to_be_visible()
    pictures(page, "sequence")
    accessible(page, axe)
    page.goto("/candidates/sequences/new/")
    pictures(page, "sequence-new")
    page.goto("/candidates/new/faster/")
    pictures(page, "faster")
