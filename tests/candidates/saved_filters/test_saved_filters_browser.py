"""A filter in a real browser: chosen by its count, saved, followed, found anew, and the list as one wants it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from candidates.models import FollowedFilter
from candidates.saved_filters import actions
from tests import factories as f
from tests.browser.walking import accessible, settled
from tests.candidates.helpers import run_lane

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def desk(page: Any, live_server: Any, recruiter: User) -> Any:
    client = Client()
    client.force_login(recruiter)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def picture(page: Any, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        settled(page)
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_a_filter_is_saved_followed_and_finds_somebody_anew(desk: Any, recruiter: User, axe: str) -> None:
    noise: list[str] = []
    desk.on("pageerror", lambda error: noise.append(str(error)))
    role = f.make_requisition(recruiter=recruiter, title="Data engineer", now=timezone.now())
    for name, kind in (("Ada", "interview"), ("Ben", "interview"), ("Cleo", "applied")):
        person = f.make_candidate(first_name=name, city="Leeds")
        f.make_application(requisition=role, candidate=person, stage_kind=kind, now=timezone.now())

    # The counts beside the list narrow it down.
    desk.goto("/candidates/")
    counts = desk.locator(".counts")
    expect(counts.get_by_text("3 people")).to_be_visible()
    picture(desk, "filter-counts")
    counts.get_by_role("link", name="Interview", exact=True).click()
    expect(desk.locator("[data-item]")).to_have_count(2)

    # Kept under a name, and followed.
    settled(desk)
    desk.get_by_role("link", name="Save this filter").click()
    dialog = desk.locator("#dialog")
    expect(dialog.get_by_text("Stage: Interview")).to_be_visible()
    accessible(desk, axe)
    picture(desk, "filter-save")
    dialog.get_by_role("button", name="Save").click()
    expect(
        dialog.get_by_text("Give it a name.").or_(dialog.locator("[aria-invalid=true]")).first
    ).to_be_visible()
    dialog.get_by_label("Name").fill("At interview")
    dialog.get_by_label("Tell me once a day").check()
    dialog.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("“At interview” is saved.")).to_be_visible()

    # Who joins is told a day later.
    person = f.make_candidate(first_name="Dora")
    f.make_application(requisition=role, candidate=person, stage_kind="interview", now=timezone.now())
    run_lane(actions.LANE, FollowedFilter.objects.get().due_at + timedelta(minutes=1))
    desk.goto("/notifications/")
    told = desk.locator(".row-item", has_text="“At interview” finds 1 whom it had not found before.")
    told.get_by_role("button", name="Open").click()
    expect(desk.locator("[data-item]")).to_have_count(1)
    expect(desk.get_by_role("link", name="Dora")).to_be_visible()
    accessible(desk, axe)
    picture(desk, "filter-fresh")

    # From any list it is two clicks away.
    desk.goto("/candidates/")
    settled(desk)
    desk.get_by_role("link", name="Saved filters").click()
    picture(desk, "filter-list")
    desk.locator("#dialog").get_by_role("link", name="At interview", exact=True).click()
    expect(desk.locator("[data-item]")).to_have_count(3)

    # The list as one wants it: another column in front, by name.
    settled(desk)
    desk.get_by_role("link", name="Columns and order").click()
    dialog.get_by_role("checkbox", name="City").check()
    dialog.get_by_role("checkbox", name="What is owed next").uncheck()
    dialog.get_by_role("button", name="Tags: earlier").click()
    expect(dialog.get_by_role("checkbox").first).to_have_attribute("value", "tags")
    dialog.get_by_label("Order of the rows").select_option("name")
    accessible(desk, axe)
    picture(desk, "filter-columns")
    dialog.get_by_role("button", name="Keep it so").click()
    heads = desk.locator("thead th")
    expect(heads).to_have_text(["", "Candidate", "Tags", "Applications", "Here since", "City"])
    names = desk.locator("[data-item] .person-name")
    expect(names.first).to_contain_text("Ada")
    assert "stage=interview" in desk.url
    assert noise == []
