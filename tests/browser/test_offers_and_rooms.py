"""Everybody can read and use an offer, in each direction of reading, and what came with chat, inbox and letters."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from candidates.models import Application, Offer
from candidates.offers import actions
from tests.browser.walking import Open, enter
from tests.candidates.portal.helpers import open_for
from tests.factories import make_application, make_candidate, make_requisition, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUND = "axe.run().then(found => found.violations.map(each => `${each.id}: ${each.nodes[0].html}`))"
ACROSS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE, DESK = (390, 844), (1440, 900)


def offered(language: str) -> Application:
    """Somebody who reads this language, and has our offer."""
    now = timezone.now()
    application = make_application(
        stage_kind="offer",
        requisition=make_requisition(title="Data engineer", now=now),
        candidate=make_candidate(language=language),
        now=now,
    )
    by = application.requisition.recruiter
    offer = actions.draft(
        application_id=application.pk,
        by=by,
        now=now,
        pay=70_000,
        starts_on=(now + timedelta(days=90)).date(),
        bonus="A rail pass for you and one other person",
        custom=[{"label": "Holiday", "text": "30 days a year"}],
    )
    actions.submit(offer_id=offer.pk, by=by, now=now)
    actions.send(offer_id=offer.pk, by=by, now=now)
    Offer.objects.update(sent_at=now - timedelta(minutes=1))
    return application


def sound(page: Any, axe: str, path: str) -> None:
    page.goto(path)
    page.evaluate(axe)
    assert page.evaluate(FOUND) == [], path
    assert page.evaluate(ACROSS) == 0, f"{path} is wider than its window"


@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("de", DESK, "light"), ("de", PHONE, "dark"), ("ar", PHONE, "light")]
)
def test_candidates_read_and_sign_an_offer(
    window: Open, axe: str, language: str, size: tuple[int, int], scheme: str
) -> None:
    application = offered(language)
    own = f"{open_for(application.candidate)}offers/{Offer.objects.get().pk}/"
    page = window(*size, color_scheme=scheme, bypass_csp=True, locale=language)
    for path in (own, f"{own}accept/", f"{own}decline/"):
        sound(page, axe, path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    sound(page, axe, f"{own}accept/")
    page.fill("#typed_name", application.candidate.name)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**?done")
    assert Offer.objects.get().state == "accepted"
    page.evaluate(axe)
    assert page.evaluate(FOUND) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_the_pages_of_colleagues_are_sound(
    window: Open, axe: str, size: tuple[int, int], scheme: str
) -> None:
    application, lead = offered("fr"), make_user(Role.LEAD)
    offer = Offer.objects.get()
    page = window(*size, color_scheme=scheme, bypass_csp=True)
    enter(page, lead)
    for path in (
        f"/offers/{offer.pk}/",
        f"/offers/{offer.pk}/?change=1",
        f"/settings/offer-letters/?organisation={application.requisition.organisation_id}&preview=fr",
        "/inbox/",
        "/accounts/chat/",
    ):
        sound(page, axe, path)
    here = page.locator(".tabs [aria-current]").bounding_box()
    assert 0 <= here["x"] <= here["x"] + here["width"] <= size[0]
    enter(page, make_user(Role.ADMIN))
    sound(page, axe, "/settings/chat/")
