"""Many at once in a real browser: selected on the list, looked at, run in the background, stopped, and taken back."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from candidates.bulk.actions import work
from candidates.models import Application, BulkRun
from tests import factories as f
from tests.browser.walking import accessible, settled
from tests.candidates.helpers import run_lane

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = 32


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def role(recruiter: User) -> Any:
    return f.make_requisition(recruiter=recruiter, title="Data engineer", now=timezone.now())


@pytest.fixture
def desk(page: Any, live_server: Any, recruiter: User, role: Any) -> Any:
    for number in range(PEOPLE):
        person = f.make_candidate(first_name=f"Person{number:02}")
        f.make_application(requisition=role, candidate=person, now=timezone.now())
    client = Client()
    client.force_login(recruiter)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def picture(page: Any, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        settled(page)
        page.screenshot(path=Path(folder) / f"{name}.png")


def in_stage(kind: str) -> int:
    return Application.objects.filter(stage__kind=kind).count()


def test_many_are_moved_stopped_in_the_middle_and_taken_back(
    desk: Any, role: Any, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise: list[str] = []
    desk.on("pageerror", lambda error: noise.append(str(error)))
    desk.goto(f"/candidates/?requisition={role.pk}")

    # A row with the keyboard, a range with shift, the page, and then everybody who was found.
    desk.locator("[data-item] a").first.focus()
    desk.keyboard.press("x")
    bar = desk.locator("[data-rows-bar]")
    expect(bar.get_by_text("1 selected")).to_be_visible()
    desk.locator("[data-row-pick]").nth(3).click(modifiers=["Shift"])
    expect(bar.get_by_text("4 selected")).to_be_visible()
    picture(desk, "bulk-list")
    accessible(desk, axe)
    desk.locator("[data-row-pick-all]").check()
    expect(bar.get_by_text("25 selected")).to_be_visible()
    bar.get_by_role("button", name=f"Select everybody found: {PEOPLE} people").click()
    expect(bar.get_by_text(f"All selected: {PEOPLE} people")).to_be_visible()

    bar.get_by_role("button", name="Move", exact=True).click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Move to").select_option(label="Interview")
    picture(desk, "bulk-dialog")
    dialog.get_by_role("button", name="See whom it touches").click()

    # The look at it: nothing has happened yet.
    expect(desk.get_by_text(f"It would be done with {PEOPLE} people.")).to_be_visible()
    assert in_stage("interview") == 0
    picture(desk, "bulk-preview")
    accessible(desk, axe)
    desk.get_by_role("button", name=f"Move to Interview: {PEOPLE}").click()

    # It runs; ten are done when it is stopped, and it shows so.
    expect(desk.locator("#bulk-progress")).to_contain_text(f"0 of {PEOPLE}")
    monkeypatch.setitem(work.__globals__, "BATCH", 10)
    work(timezone.now())
    expect(desk.locator("#bulk-progress")).to_contain_text(f"10 of {PEOPLE}")
    desk.goto("/")  # somewhere else it is still told
    expect(desk.locator("#bulk-pill")).to_contain_text(f"10 of {PEOPLE}")
    picture(desk, "bulk-pill")
    desk.locator("#bulk-pill a").click()
    picture(desk, "bulk-progress")
    desk.get_by_role("button", name="Stop").click()
    run_lane("bulk", timezone.now())
    expect(desk.get_by_text(f"Done with 10 people. Stopped before {PEOPLE - 10} more.")).to_be_visible()
    assert in_stage("interview") == 10

    # Taken back as one, but for whom somebody has moved on since; who that is, and why.
    moved = Application.objects.filter(stage__kind="interview").order_by("pk")[0]
    Application.objects.filter(pk=moved.pk).update(stage=f.stage(role, "offer"), version=moved.version + 1)
    settled(desk)
    desk.get_by_role("button", name="Take it back").click()
    desk.locator("dialog[open] [data-confirm-ok]").click()
    expect(desk.locator("#bulk-progress")).to_be_visible()
    run_lane("bulk", timezone.now())
    expect(desk.get_by_text("Taken back for 9 people. For 1 it could not be taken back.")).to_be_visible()
    expect(desk.locator("#run").get_by_text("Kim Recruiter has just moved")).to_be_visible()
    expect(desk.get_by_text("Move to Interview: 9 of 10.")).to_be_visible()
    picture(desk, "bulk-undone")
    accessible(desk, axe)
    assert in_stage("interview") == 0
    assert BulkRun.objects.get().state == "undone"
    assert noise == []
