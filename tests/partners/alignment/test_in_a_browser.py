"""A contradiction is found, signed with a concern and resolved, in a real browser; how its pages look and print."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role
from partners.alignment.domain.contradictions import RULES
from partners.models import Contradiction
from tests import factories as make
from tests.partners.alignment import parts
from tests.partners.intake import parts as intake
from tests.requisitions.test_in_a_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people() -> dict[str, Any]:
    lead = make.make_user(Role.LEAD, name="Lea Lead")
    names = {"compensation": "Carla Comp", "hr": "Hanna Human", "marketing": "Mila Market"}
    return {"lead": lead} | {
        function: make.make_user(Role.STAKEHOLDER, name=name) for function, name in names.items()
    }


@pytest.fixture
def role(people: dict[str, Any]) -> Any:
    """Settled, signed by two of three, with four contradictions of which one is settled."""
    role = parts.open_role(title="Data Engineer", hard_part="Half of it is paper.")
    parts.name(role, **{name: person for name, person in people.items() if name != "lead"})
    parts.settled(role)
    parts.sign(parts.signature(role, "hr"))
    parts.sign(parts.signature(role, "compensation"))
    parts.write(role, talent_bar="A", pay_percentile=40, pay_source="Radford")
    intake.settle(role)
    parts.sign(parts.signature(role, "marketing"), "no", "Nobody will believe the value proposition.")
    make.make_planned(role)
    parts.change(role, outcomes="The French office trusts us.")
    parts.look(role)
    parts.decide(
        Contradiction.objects.get(rule="more_rounds"), people["lead"], reason="The board wants to meet."
    )
    return role


def picture(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_a_contradiction_is_found_and_resolved(page: Any, live_server: Any, role: Any, people: Any) -> None:
    sign_in(page, live_server, people["compensation"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/partners/sign/")
    page.get_by_role("link", name="Read and sign").click()
    expect(page.get_by_role("heading", name="New since you signed")).to_be_visible()
    page.get_by_label("Yes, with a concern").check()
    page.get_by_label("Your concern, or why not").fill("It is low for that bar.")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server, people["lead"])
    page.goto(f"/partners/{role.partnership.pk}/alignment/")
    # With its signature, and in what was said on the way.
    expect(page.get_by_text("Yes, with a concern: It is low for that bar.")).to_be_visible()
    expect(page.get_by_text("It is low for that bar.", exact=True)).to_be_visible()
    odd = page.locator(".odd", has_text="Bar above the pay")
    odd.locator("summary").click()
    odd.get_by_label("Resolved: something will be different").check()
    odd.get_by_label("Why, or what will be different").fill("We pay the 65th percentile from January.")
    odd.get_by_role("button", name="Decide").click()
    expect(page.locator("#settled").locator("xpath=../..")).to_contain_text("Resolved by Lea Lead")
    assert Contradiction.objects.get(rule="bar_above_pay").state == "resolved"


@pytest.mark.parametrize("look", [("light", 1440), ("dark", 390)], ids=lambda look: f"{look[0]}-{look[1]}")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Any, live_server: Any, axe: str, role: Any, people: Any, look: tuple[str, int]
) -> None:
    scheme, width = look
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    admin = make.make_user(Role.ADMIN)
    signature = parts.signature(role, "compensation").pk
    for user, address in (
        (people["lead"], f"/partners/{role.partnership.pk}/alignment/"),
        (role.recruiter, f"/partners/{role.partnership.pk}/alignment/"),
        (people["lead"], "/partners/alignment/"),
        (people["lead"], "/partners/sign/"),
        (people["compensation"], f"/partners/sign/{signature}/"),
        (admin, "/settings/signing/"),
    ):
        page.context.clear_cookies()
        sign_in(page, live_server, user)
        page.goto(address)
        picture(page, f"{address.strip('/').replace('/', '-')}-{user.role}-{scheme}-{width}")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(address, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (address, wide) == (address, 0)


def test_all_roles_print_on_one_page(page: Any, live_server: Any, role: Any, people: Any) -> None:
    """All seven rules, every function, and more to decide than are shown."""
    now = timezone.now()
    for number in range(12):
        other = parts.open_role(title=f"Role {number} of a long name that goes on")
        for code in RULES:
            Contradiction.objects.create(
                partnership=other.partnership,
                rule=code,
                said="x",
                key="x",
                raised_at=now,
                due_at=now + timedelta(days=1),
                decider=people["lead"],
                above="x",
            )
    sign_in(page, live_server, people["lead"])
    page.goto("/partners/alignment/")
    made = page.pdf(format="A4", print_background=True)
    if SHOTS:
        (Path(SHOTS) / "overview.pdf").write_bytes(made)
    with pikepdf.open(BytesIO(made)) as document:
        assert len(document.pages) == 1
