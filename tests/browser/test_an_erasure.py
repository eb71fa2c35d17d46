"""The pages of erasures, holds and terms, for every eye; who is erased on their own page is `test_after_a_no`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import standstill
from candidates.erasure.actions.ask import ask
from candidates.erasure.actions.hold import hold_person
from candidates.models import Candidate
from candidates.portal.actions.make_links import new_link
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.candidates.helpers import run_lane

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ((1440, 900), (390, 844))


@pytest.fixture(autouse=True)
def erasures(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"


def page_of(person: Candidate, live_server: Any) -> str:
    """Their own page, at the server of the test."""
    path = new_link(candidate=person, now=timezone.now()).partition("/status/")[2]
    return f"{live_server.url}/status/{path}"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_page_is_for_every_eye(window: Open, axe: str, live_server: Any, language: str) -> None:
    organisation = f.make_organisation(name="Example Company")
    office = f.make_location(organisation, country="CA", region="Ontario")
    role = f.make_requisition(title="Data engineer", organisation=organisation, location=office)
    person = f.make_candidate(language=language)
    f.make_application(candidate=person, requisition=role)
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page = window(width, height, color_scheme=scheme)
            page.goto(f"{page_of(person, live_server)}erase/")
            settled(page)
            kept(page, f"erase-{language}-{width}-{scheme}")
            accessible(page, axe)
            page.locator(".btn-danger").click()
            kept(page, f"erase-asked-{language}-{width}-{scheme}")
            accessible(page, axe)
            page.locator("button[name=keep]").click()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pages_of_colleagues_are_for_every_eye(
    window: Open, axe: str, live_server: Any, language: str
) -> None:
    lead = f.make_user(Role.LEAD, language=language)
    organisation = f.make_organisation(name="Example Company")
    for country, region in (("DE", ""), ("FR", ""), ("US", "California")):
        office = f.make_location(organisation, country=country, region=region)
        role = f.make_requisition(organisation=organisation, location=office)
        for months in (1, 7):
            then = timezone.now() - timedelta(days=31 * months)
            f.make_application(requisition=role, state="rejected", now=then)
    person = Candidate.objects.order_by("pk").first()
    assert person is not None
    gone = Candidate.objects.filter(applications__requisition__location__country="DE").order_by("-pk")[0]
    asked = Candidate.objects.order_by("-pk")[0]
    ask(candidate=gone, now=timezone.now())
    run_lane("erasures", timezone.now() + timedelta(minutes=1))
    hold_person(candidate_id=asked.pk, reason="A claim of 4 November", by=lead, now=timezone.now())
    ask(candidate=asked, now=timezone.now())
    standstill.begin(backup_made_at=timezone.now() - timedelta(hours=8), now=timezone.now())
    hold_person(candidate_id=person.pk, reason="A claim of 3 November", by=lead, now=timezone.now())
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page = window(width, height, color_scheme=scheme)
            enter(page, lead)
            for name, path in (
                ("retention", "/settings/retention/"),
                ("staff-erase", f"/candidates/{person.pk}/erase/"),
                ("staff-asked", f"/candidates/{asked.pk}/erase/"),
                ("staff-erased", f"/candidates/{gone.pk}/"),
                ("staff-gone", f"/candidates/{gone.pk}/erase/"),
                ("outbox", "/settings/outbox/"),
            ):
                page.goto(path)
                settled(page)
                kept(page, f"{name}-{language}-{width}-{scheme}")
                accessible(page, axe)
