"""A date breaks three times: the lead approves the words, the candidate is told plainly, asks, and gets an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from candidates.applications.models import Application
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from tests import factories as f
from tests.browser.walking import accessible, enter, kept
from tests.candidates.helpers import mails, open_one, run_lane
from tests.candidates.portal.helpers import open_for
from tests.candidates.promises.test_outer_dates import interviewed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SORRY = "We have not kept our word to you, and we are sorry."


def three_dates_pass(application: Application) -> None:
    for _ in range(3):
        due = open_one(application).due_at
        for lane in ("promises", "promise-debts", "follow-ups"):
            run_lane(lane, due)


@pytest.mark.parametrize(("size", "scheme"), [((1440, 900), "light"), ((390, 844), "dark")])
def test_a_date_breaks_three_times(
    browser: Any, live_server: Any, axe: str, size: tuple[int, int], scheme: str
) -> None:
    lead = f.make_user("lead", name="Lea Lead")
    role = f.make_requisition(title="Data Engineer")
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page, name = context.new_page(), f"{size[0]}-{scheme}"

    enter(page, lead)
    page.goto("/settings/promises/")
    expect(page.locator(".notice")).to_contain_text("Until these words are approved")
    accessible(page, axe)
    kept(page, f"promises-before-{name}")
    page.get_by_role("button", name="Approve these words").click()
    expect(page.locator(".notice")).to_contain_text("After 3 broken dates in a row")
    kept(page, f"promises-after-{name}")

    application = f.make_application(requisition=role, now=timezone.now())
    three_dates_pass(application)
    [letter] = mails("promise.debt")
    assert letter.to == lead.email

    portal = open_for(application.candidate)
    page.goto(portal)
    expect(page.locator(".promise")).to_contain_text(SORRY)
    expect(page.locator(".promise")).to_contain_text("Lea Lead answers for it")
    accessible(page, axe)
    kept(page, f"portal-debt-{name}")
    page.get_by_role("button", name="Ask where it is").click()
    expect(page.get_by_role("status")).to_contain_text("Whoever owes you the answer has heard")
    expect(page.get_by_role("button", name="Ask where it is")).to_have_count(0)

    page.goto("/")
    expect(page.locator("main")).to_contain_text(application.candidate.name)
    kept(page, f"day-debt-{name}")
    page.goto(f"/applications/{application.pk}/")
    expect(page.locator(".standing").first).to_contain_text("was told that we did not keep our word")
    expect(page.get_by_text("Give a new date and say why")).to_have_count(0)
    accessible(page, axe)
    kept(page, f"application-debt-{name}")

    conversation.note_told(
        application_id=application.pk, channel=Channel.CALL, body="Called.", by=lead, now=timezone.now()
    )
    page.goto(portal)
    expect(page.locator(".promise")).to_contain_text("News on the next step")
    expect(page.locator(".promise")).not_to_contain_text(SORRY)
    context.close()


@pytest.mark.parametrize(("size", "scheme"), [((1440, 900), "light"), ((390, 844), "dark")])
def test_who_is_to_be_told_by_law(
    browser: Any, live_server: Any, axe: str, size: tuple[int, int], scheme: str
) -> None:
    for number in (5, 38, 60):
        interviewed(ended=timedelta(days=number))
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page, name = context.new_page(), f"{size[0]}-{scheme}"
    enter(page, f.make_user("lead"))
    page.goto("/waiting/")
    expect(page.locator("#by-law")).to_have_text("To be told by law")
    kept(page, f"waiting-by-law-{name}")
    page.get_by_role("link", name="Everybody whom law wants told, and who was").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody tr").first).to_contain_text("Not told, and the day is over")
    accessible(page, axe)
    kept(page, f"by-law-{name}")
    context.close()
