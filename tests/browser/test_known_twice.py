"""Somebody who is known twice: found, put side by side, put together, and taken apart again."""

from typing import Any

import pytest

from ats.accounts.models import Role
from candidates.duplicates.actions.look import note
from candidates.models import Candidate, FurtherAddress
from tests import factories as f
from tests.browser.walking import Open, accessible, confirm, enter, kept, settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_records_become_one_and_two_again(window: Open, axe: str, live_server: Any) -> None:
    recruiter = f.make_user(Role.RECRUITER)
    role = f.make_requisition(title="Data engineer", recruiter=recruiter)
    stays = f.make_candidate(
        first_name="Robin", last_name="Example", phone="+49 30 901820", headline="Engineer at Example GmbH"
    )
    goes = f.make_candidate(
        first_name="Robin", last_name="Example", phone="030 901820", city="Hamburg", links=["https://example.net/in/robin"]
    )  # fmt: skip
    f.make_application(candidate=goes, requisition=role)
    FurtherAddress.objects.create(
        candidate=stays, kind="email", value="home@example.org", key="home@example.org", label="at home"
    )
    note(stays, now=f.NOW)
    for width, height, scheme in ((390, 844, "dark"), (1440, 900, "light")):
        page = window(width, height, color_scheme=scheme)
        enter(page, recruiter)
        for name, path in (
            ("duplicates", "/candidates/duplicates/"),
            ("addresses", f"/candidates/{stays.pk}/addresses/"),
            ("beside", f"/candidates/{stays.pk}/alike/{goes.pk}/"),
        ):
            page.goto(path)
            settled(page)
            kept(page, f"known-twice-{name}-{width}-{scheme}")
            accessible(page, axe)
    page.goto(f"/candidates/{stays.pk}/")
    panel = page.locator(".alike-panel")
    assert "the same telephone number, the same name" in panel.inner_text()
    kept(page, "known-twice-panel")
    accessible(page, axe)
    panel.get_by_role("link", name="Compare").click()
    page.check("input[name=take_email][value=lost]")
    page.get_by_role("button", name="Put together").click()
    settled(page)
    assert "They are one person now." in page.locator("body").inner_text()
    assert page.url.endswith(f"/candidates/{stays.pk}/")
    stays.refresh_from_db()
    assert (stays.email, stays.city, stays.applications.count()) == (goes.email, "Hamburg", 1)
    page.goto(f"/candidates/{goes.pk}/")
    assert page.url.endswith(f"/candidates/{stays.pk}/")
    kept(page, "known-twice-one")
    page.wait_for_selector(".alike-panel")
    page.locator(".alike-panel").get_by_role("button", name="Undo").click()
    confirm(page)
    assert "They are two people again." in page.locator("body").inner_text()
    assert Candidate.objects.get(pk=goes.pk).applications.count() == 1
