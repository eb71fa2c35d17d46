"""From the first sign-in of a new administrator to a job on the careers site, in a real browser, by counted clicks."""

from typing import Any

import pytest

from ats.accounts.models import Role
from ats.models import HiringOrganisation
from requisitions.models import JobPost, Requisition
from tests import factories
from tests.browser.walking import Open, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 12
ADVERT = "You build and run the pipelines that turn forty feeds a night into one timetable that a family can travel by."


class Hand:
    """Somebody who types and clicks, and whose clicks are counted; choosing from a list is one of them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)
        self.page.wait_for_load_state("networkidle")

    def choose(self, selector: str, label: str) -> None:
        self.clicks += 1
        self.page.select_option(selector, label=label)
        self.page.wait_for_load_state("networkidle")

    def type(self, selector: str, text: str) -> None:
        """By the tabulator from field to field: typing, not clicking."""
        self.page.locator(selector).focus()
        self.page.keyboard.type(text)


def faults(page: Any, axe: str) -> list[str]:
    """What axe finds on this page."""
    page.evaluate(axe)
    found = "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.nodes[0].html))"
    return [f"{page.url}: {each}" for each in page.evaluate(found)]


def main_button(words: str) -> str:
    return f"main button:has-text('{words}')"


def test_from_the_first_sign_in_to_the_job_in_few_clicks(window: Open, axe: str) -> None:
    factories.ship_reasons()
    admin = factories.make_user(Role.ADMIN)
    page = window()
    hand = Hand(page)

    page.goto("/accounts/login/")
    hand.type("#id_login", admin.email)
    hand.type("#id_password", factories.PASSWORD)
    hand.click("form button[type=submit]")
    hand.click("main a:has-text('Begin')")

    hand.type("[name=name]", "Example Timetables")
    hand.type("[name=city]", "Hamburg")
    hand.choose("[name=country]", "Germany")
    page.wait_for_selector("#work:has-text('Monday to Friday, 9:00 to 17:00, by the clock of Europe/Berlin')")
    found = faults(page, axe)
    hand.click(main_button("Save and go on"))

    found += faults(page, axe)
    assert "you take both parts yourself" in page.inner_text("main")
    hand.type("[name=manager-email]", "mara@example.org")
    hand.type("[name=manager-name]", "Mara Manager")
    hand.click(main_button("Invite and go on"))

    hand.type("[name=title]", "Data Engineer")
    assert "you take both parts for now" in page.inner_text("main")
    found += faults(page, axe)
    hand.click(main_button("Keep as a draft and go on"))
    hand.type("[name=pay_min]", "60000")
    hand.type("[name=pay_max]", "75000")
    hand.click(main_button("Save and go on"))
    hand.type("[name=must-0-name]", "Has run a pipeline in production")
    hand.type("[name=must-0-why]", "Nobody here could teach it in time.")
    hand.click(main_button("Save and go on"))
    hand.type("[name=outcomes]", "Two feeds run through our own pipeline.")
    hand.click(main_button("Save and go on"))
    hand.type("trix-editor", ADVERT)
    found += faults(page, axe)
    hand.click(main_button("Open the role and publish"))

    assert JobPost.objects.get().state == "published"
    visitor = window()
    visitor.goto("/careers/")
    visitor.click("text=Data Engineer")
    assert "forty feeds a night" in visitor.inner_text("main")
    role = Requisition.objects.select_related("location", "organisation__calendar").get()
    calendar = role.organisation.calendar
    assert (role.state, role.location.city, role.location.time_zone) == ("open", "Hamburg", "Europe/Berlin")
    assert (calendar.name, calendar.working_days, calendar.holiday_country) == (
        "Germany",
        [0, 1, 2, 3, 4],
        "DE",
    )
    admin.refresh_from_db()
    assert admin.time_zone == "Europe/Berlin"
    assert found == []
    assert hand.clicks <= MOST_CLICKS


def test_my_day_leads_on_from_wherever_one_left(window: Open) -> None:
    """Each thing that is missing is offered on My day, one after the other, and saving a step leads to the next."""
    factories.ship_reasons()
    admin = factories.make_user(Role.ADMIN)
    organisation = factories.make_organisation()
    role = factories.make_requisition(
        "draft", organisation=organisation, recruiter=admin, pay_min=None, pay_max=None
    )
    page = window()
    sign_in(page, admin)
    assert HiringOrganisation.objects.count() == 1
    said = []
    page.goto("/")
    page.click("main a:has-text('Go on')")
    said.append(page.url.rpartition(str(role.pk))[2])
    page.goto(f"/requisitions/{role.pk}/edit/team/")
    page.click(main_button("Save and go on"))
    said.append(page.url.rpartition(str(role.pk))[2])
    assert said == ["/edit/role/", "/edit/role/"]
