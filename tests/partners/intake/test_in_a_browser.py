"""Two people fill one brief in two windows: nothing is lost, and each soon sees what the other wrote."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from partners.intake.models import OtherWords
from tests.browser.conftest import window  # noqa: F401 - the fixture
from tests.browser.walking import enter
from tests.partners.intake import parts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SOURCING = "#id_sourcing-value"
DEAL = "#id_deal_breakers-value"


def until(holds: Callable[[], Any], within: float = 15) -> None:
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.fixture
def two(window: Any) -> Any:  # noqa: F811
    """The role, and the windows of its manager (on a phone) and its recruiter."""
    role = parts.open_role()
    pages = []
    for person, size in ((role.hiring_manager, (390, 844)), (role.recruiter, (1440, 900))):
        page = window(*size)
        enter(page, person)
        page.goto(reverse("intake", args=[parts.partnership_of(role).pk]))
        pages.append(page)
    return role, *pages


def test_each_sees_what_the_other_writes_within_three_seconds(two: Any) -> None:
    role, manager, recruiter = two
    manager.fill(SOURCING, "Meetups, and people we know.")
    until(lambda: parts.said(role)["sourcing"] == "Meetups, and people we know.")
    saved = time.monotonic()
    until(lambda: recruiter.input_value(SOURCING) == "Meetups, and people we know.")
    assert time.monotonic() - saved < 3 + 1.5  # and what a busy machine takes to draw it


def test_where_somebody_types_nothing_is_taken_from_them(two: Any) -> None:
    role, manager, recruiter = two
    recruiter.focus(DEAL)
    recruiter.keyboard.type("No night shifts")
    until(lambda: parts.said(role)["deal_breakers"] == "No night shifts")
    manager.fill(SOURCING, "Meetups")
    until(lambda: recruiter.input_value(SOURCING) == "Meetups")
    recruiter.keyboard.type(", ever")
    assert recruiter.input_value(DEAL) == "No night shifts, ever"
    until(lambda: parts.said(role)["deal_breakers"] == "No night shifts, ever")
    assert OtherWords.objects.count() == 0


def test_two_texts_of_one_field_stand_side_by_side_until_one_chooses(two: Any) -> None:
    role, manager, recruiter = two
    for page in (manager, recruiter):
        page.evaluate("setInterval = () => 0; for (let one = 1; one < 9999; one++) clearInterval(one)")
    manager.fill(SOURCING, "Hers")
    until(lambda: parts.said(role)["sourcing"] == "Hers")
    recruiter.focus(SOURCING)
    recruiter.keyboard.type("His")
    until(lambda: OtherWords.objects.filter(words="His").exists())
    recruiter.keyboard.type(", and more")
    until(lambda: OtherWords.objects.filter(words="His, and more").exists())
    assert parts.said(role)["sourcing"] == "Hers"
    assert recruiter.input_value(SOURCING) == "His, and more"
    assert OtherWords.objects.count() == 1

    recruiter.click("#others-field-sourcing button[value=both]")
    both = f"Hers\n\n{role.recruiter}:\nHis, and more"
    until(lambda: recruiter.input_value(SOURCING) == both)
    assert parts.said(role)["sourcing"] == both


def test_a_must_have_is_added_written_and_taken_out(two: Any) -> None:
    role, manager, recruiter = two
    manager.click("#more-must > summary")
    manager.fill("#id_new-must-name", "Go")
    manager.fill("#id_new-must-why", "We write it.")
    manager.click("#more-must button[type=submit]")
    until(lambda: len(parts.said(role)["must_haves"]) == 3)
    number = parts.said(role)["must_haves"][2]["id"]
    until(lambda: recruiter.query_selector(f"#id_must-{number}-name"))
    recruiter.check(f"#must-{number} input[type=radio][value=yes]")
    until(lambda: parts.said(role)["must_haves"][2]["turn_down"] == "yes")
    until(lambda: manager.is_checked(f"#must-{number} input[type=radio][value=yes]"))
    recruiter.click(f"#must-{number} button[value='']")
    until(lambda: len(parts.said(role)["must_haves"]) == 2)
    until(lambda: manager.query_selector(f"#must-{number}") is None)


def test_both_settle_it(two: Any, axe: str) -> None:
    _, manager, recruiter = two
    manager.click("text=Yes, this is what we look for")
    manager.wait_for_selector("text=said yes")
    until(lambda: "said yes" in recruiter.inner_text("#settle"))
    recruiter.click("text=Yes, this is what we look for")
    recruiter.wait_for_selector("text=Settled: version 1")
    until(lambda: "Settled: version 1" in manager.inner_text("#settle"))

    recruiter.goto(urljoin(recruiter.url, "brief/"))
    assert recruiter.locator(".version > p a").all_inner_texts() == ["Version 1"]
    recruiter.evaluate(axe)
    assert recruiter.evaluate("axe.run().then(found => found.violations.map(each => each.id))") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(two: Any, axe: str, scheme: str) -> None:
    _, manager, recruiter = two
    for page in (manager, recruiter):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.reload()
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
