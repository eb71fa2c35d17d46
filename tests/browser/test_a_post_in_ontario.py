"""A post in Ontario without its statements is refused with the rule named, gets them, and is published."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role
from requisitions.models import JobPost, ResponseRecord
from tests import factories as f
from tests.browser.walking import accessible, enter, kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = "Narrow the pay to a range of at most CAD 50,000 a year. The law of Ontario wants it"
VACANCY = "Say whether there is a vacancy to fill. The law of Ontario wants it"
BODY = "<p>You keep the daily figures right for everybody who decides by them, every single day.</p>"


def a_role_in_toronto() -> JobPost:
    organisation = f.make_organisation(name="Example Company", about_text="We keep figures right.")
    toronto = f.make_location(
        organisation=organisation,
        name="Toronto",
        city="Toronto",
        country="CA",
        region="Ontario",
        time_zone="America/Toronto",
    )
    f.make_location(organisation=organisation, name="Berlin")
    f.make_location(organisation=organisation, name="Vancouver", country="CA", city="Vancouver")
    role = f.make_requisition(
        organisation=organisation,
        location=toronto,
        title="Data Engineer",
        must_haves=("Writes SQL",),
        pay_min=Decimal(80_000),
        pay_max=Decimal(140_000),
        pay_currency="CAD",
    )
    return f.make_post(role, body=BODY, state="draft", published_at=None)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [((1440, 900), "light"), ((390, 844), "dark"), ((1440, 900), "dark"), ((390, 844), "light")],
)
def test_a_post_in_ontario(
    browser: Any, live_server: Any, axe: str, size: tuple[int, int], scheme: str
) -> None:
    post = a_role_in_toronto()
    role = post.requisition
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page = context.new_page()
    name = f"{size[0]}-{scheme}"
    enter(page, role.recruiter)

    page.goto(f"/requisitions/posts/{post.pk}/")
    gaps = page.locator("#gaps")
    expect(gaps).to_contain_text(WIDE)
    expect(gaps).to_contain_text(VACANCY)
    expect(gaps).to_contain_text("O. Reg. 476/24")
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    page.get_by_text("On what the words about software rest").click()
    accessible(page, axe)
    kept(page, f"refused-{name}")

    gaps.get_by_role("link", name="Narrow the pay").click()
    page.fill("#id_pay_max", "120000")
    page.get_by_role("button", name="Save").first.click()
    page.goto(f"/requisitions/posts/{post.pk}/")
    expect(gaps).not_to_contain_text(WIDE)
    page.select_option("#id_vacancy", "exists")
    page.fill("#id_fill_by", (timezone.localdate() + timedelta(days=90)).isoformat())
    page.locator("#post").get_by_role("button", name="Save").click()
    expect(page.locator("#gaps")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".role-under")).to_contain_text("Published")

    ResponseRecord.objects.create(
        organisation=role.organisation,
        measured_at=timezone.now(),
        applicants=120,
        median_days=2,
        promises=431,
        kept=418,
        decided=96,
        told=95,
    )
    page.goto(f"/careers/{post.slug}/")
    expect(page.locator("body")).to_contain_text("This post is for a vacancy that exists.")
    expect(page.locator("body")).to_contain_text("We do not use artificial intelligence")
    expect(page.locator("body")).to_contain_text("Half of 120 applicants had it within 2 working days.")
    page.get_by_text("How this is counted").click()
    accessible(page, axe)
    kept(page, f"job-{name}")
    page.goto("/careers/")
    expect(page.locator("body")).to_contain_text("96 % of 431")
    accessible(page, axe)
    kept(page, f"careers-{name}")

    context.clear_cookies()
    enter(page, f.make_user(Role.ADMIN))
    page.goto("/settings/law/")
    expect(page.locator("body")).to_contain_text("which nobody has said")
    accessible(page, axe)
    kept(page, f"law-{name}")
    context.close()
