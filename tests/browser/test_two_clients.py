"""An agency searches for two clients: Ana for one, Ben for the other, a lead for both; one person is known to both."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from candidates.models import Application
from partners.partnerships.actions import begin
from tests import factories as f
from tests.browser.walking import accessible, enter, kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NORTH, SOUTH = "Nordwind", "Südstern"
PAGES = ("/", "/requisitions/", "/candidates/", "/waiting/", "/partners/", "/calendar/", "/reports/respect/")


@dataclass
class Agency:
    admin: User
    ana: User
    ben: User
    lead: User
    uma_north: Application
    uma_south: Application


def an_agency() -> Agency:
    now = timezone.now()
    ana, ben = f.make_user(name="Ana North"), f.make_user(name="Ben South")
    lead = f.make_user(Role.LEAD, name="Lea Both")
    uma = f.make_candidate(first_name="Uma", last_name="Known")
    found = []
    for name, recruiter in ((NORTH, ana), (SOUTH, ben)):
        organisation = f.make_organisation(name=f"{name} AG", slug=name.lower().replace("ü", "u"))
        role = f.make_requisition(
            organisation=organisation, recruiter=recruiter, title=f"{name} engineer", now=now
        )
        begin(requisition=role, now=now)
        alone = f.make_candidate(first_name=name, last_name="Alone")
        f.make_application(candidate=alone, requisition=role, now=now - timedelta(days=14))
        application = f.make_application(candidate=uma, requisition=role, now=now)
        f.make_note(application, recruiter, body=f"Wants what {name} offers.", now=now)
        found.append(application)
    return Agency(f.make_user(Role.ADMIN, name="Ada Admin"), ana, ben, lead, *found)


def let_work_for(page: Any, user: User, *names: str) -> None:
    """The administrator says it on their page."""
    page.goto(f"/settings/people/{user.pk}/")
    page.get_by_role("region", name="Organisations").get_by_role("link", name="Change").click()
    page.get_by_label("Only the organisations chosen below").check()
    for name in names:
        page.get_by_label(f"{name} AG").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"{user.name} works for these")).to_be_visible()


def words(page: Any, address: str) -> str:
    page.goto(address)
    return str(page.content())


def test_two_clients_of_an_agency(browser: Any, live_server: Any, axe: str) -> None:
    agency = an_agency()

    def window(user: User, size: tuple[int, int] = (1440, 900), scheme: str = "light") -> Any:
        page = browser.new_context(
            base_url=live_server.url, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        ).new_page()
        enter(page, user)
        return page

    admin, hers, his, both = (window(who) for who in (agency.admin, agency.ana, agency.ben, agency.lead))
    assert NORTH in words(hers, "/requisitions/")
    assert SOUTH in words(hers, "/requisitions/")  # as long as nobody has said anything

    let_work_for(admin, agency.ana, NORTH)
    let_work_for(admin, agency.ben, SOUTH)
    let_work_for(admin, agency.lead, NORTH, SOUTH)

    for address in PAGES:
        assert SOUTH not in words(hers, address), address
        assert NORTH not in words(his, address), address
    for address in ("/", "/requisitions/", "/candidates/", "/waiting/"):
        seen = words(both, address)
        assert (NORTH in seen, SOUTH in seen) == (True, True), address

    for page, own, other in ((hers, NORTH, SOUTH), (his, SOUTH, NORTH)):
        assert own in words(page, f"/candidates/?q={own}")
        page.goto(f"/candidates/?q={other}")
        expect(page.locator("main [data-item]")).to_have_count(0)
        page.goto("/candidates/?q=Uma")
        page.get_by_role("link", name="Uma Known").first.click()
        expect(page.locator("main")).to_contain_text(f"{own} engineer")
        assert other not in page.content()
    story = words(both, f"/candidates/{agency.uma_north.candidate_id}/")
    assert (f"what {NORTH} offers" in story, f"what {SOUTH} offers" in story) == (True, True)
    hers.goto(f"/applications/{agency.uma_south.pk}/")
    expect(hers.locator("h1")).to_contain_text("There is nothing here")

    for size in ((1440, 900), (390, 844)):
        for scheme in ("light", "dark"):
            shown = window(agency.admin, size, scheme)
            for name, address in (
                ("person", f"/settings/people/{agency.ana.pk}/"),
                ("organisations", f"/settings/people/{agency.ana.pk}/organisations/"),
                ("invite", "/settings/people/invite/"),
            ):
                shown.goto(address)
                accessible(shown, axe)
                kept(shown, f"{name}-{size[0]}-{scheme}")
            shown.context.close()
    for page in (admin, hers, his, both):
        page.context.close()
