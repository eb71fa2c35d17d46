"""The search at the top in a real browser: with the keyboard alone, from anywhere, on a phone."""

from typing import Any

import pytest

from ats.accounts.models import Role
from candidates.people.actions import find_or_create
from tests import factories as f
from tests.browser.walking import accessible, enter, kept, settled
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def rows(page: Any) -> list[str]:
    return page.locator("#found [role=option] .found-text").all_inner_texts()


def test_finding_with_the_keyboard_alone(page: Any, axe: str) -> None:
    recruiter = f.make_user(Role.RECRUITER)
    role = f.make_requisition(title="Calibration lead", recruiter=recruiter)
    ada, _ = find_or_create(
        first_name="Ada", last_name="Calloway", email="", headline="Welder, Bonn", now=NOW
    )
    enter(page, recruiter)
    page.goto("/requisitions/")
    settled(page)

    page.keyboard.press("Control+k")
    page.wait_for_selector("#found:not([hidden])")
    assert rows(page)[0] == "Add a candidate"
    page.keyboard.type("calc", delay=20)
    page.keyboard.press("Backspace")
    page.wait_for_selector(f"#found-p{ada.pk}")
    settled(page)
    assert [row.split("\n")[0] for row in rows(page)] == [
        "Ada Calloway",
        "Calibration lead",
        "Calendar",
        "Everybody for “cal”",
        "“cal” everywhere, in notes and messages too",
    ]
    accessible(page, axe)
    kept(page, "finding")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("[data-search]", "aria-activedescendant") == f"found-r{role.pk}"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/candidates/{ada.pk}/")
    settled(page)

    page.keyboard.press("/")
    page.keyboard.type("chan")
    page.wait_for_selector("[data-found-here]:not([hidden])")
    page.keyboard.press("Escape")
    assert page.is_hidden("#found")
    page.fill("[data-search]", "ada welder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/?q=ada+welder")
    assert page.locator(".people bdi").all_inner_texts() == ["Ada Calloway"]

    page.set_viewport_size({"width": 390, "height": 800})
    page.fill("[data-search]", "calloway")
    page.wait_for_selector(f"#found-p{ada.pk}")
    kept(page, "finding_phone")
