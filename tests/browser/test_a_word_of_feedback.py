"""The pages of feedback, and of what matters to somebody, for every eye; who asks and has it is `test_after_a_no`."""

import pytest
from django.utils import timezone

from candidates.models import MatterMark
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.candidates.feedback.helpers import rejected
from tests.candidates.portal.helpers import open_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_their_page_is_for_every_eye(window: Open, axe: str, language: str) -> None:
    application = rejected(
        candidate=f.make_candidate(first_name="Robin", last_name="Example", language=language)
    )
    link = open_for(application.candidate)
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = window(width, height, color_scheme=scheme)
            page.goto(link)
            settled(page)
            kept(page, f"portal-feedback-{language}-{width}-{scheme}")
            accessible(page, axe)


def test_the_pages_of_feedback_are_for_every_eye(window: Open, axe: str) -> None:
    application = rejected()
    lead = f.make_user("lead")
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = window(width, height, color_scheme=scheme)
            enter(page, lead)
            for name, where in (
                ("write", f"/applications/{application.pk}/feedback/"), ("settings", "/settings/feedback/"),
                ("application", f"/applications/{application.pk}/"),
            ):  # fmt: skip
                page.goto(where)
                settled(page)
                kept(page, f"feedback-{name}-{width}-{scheme}")
                accessible(page, axe)
            page.goto(f"/applications/{application.pk}/feedback/")
            page.get_by_label("What they read").fill("Hello Robin,\n\nAda saw it.\n\nKim Sample")
            page.get_by_role("button", name="See it as it leaves").click()
            page.get_by_text("Words to look at").first.wait_for()
            kept(page, f"feedback-looked-{width}-{scheme}")
            accessible(page, axe)


def test_what_matters_is_for_every_eye_and_marked_where_one_meets_them(window: Open, axe: str) -> None:
    role = f.make_requisition(title="Data engineer", value_proposition="Trains of people, on time.")
    said = "Fair pay\nNo nights\nTo learn from people who know more than I do"
    application = f.make_application(requisition=role, stage_kind="interview", matters=said)
    interview = f.make_interview(application, people=(role.recruiter,), now=timezone.now())
    page = window(390, 844)
    enter(page, role.recruiter)
    page.goto(f"/calendar/interviews/{interview.pk}/")
    page.locator(".point a", has_text="Fair pay").click()
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("Why, in a few words").fill("It is in the range.")
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("It is in the range.").wait_for()
    assert MatterMark.objects.get().met == "met"
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = window(width, height, color_scheme=scheme)
            enter(page, role.recruiter)
            for name, where in (
                ("application", f"/applications/{application.pk}/"),
                ("write", f"/applications/{application.pk}/write/"),
                ("interview", f"/calendar/interviews/{interview.pk}/"),
                ("offer", f"/offers/new/{application.pk}/"),
            ):  # fmt: skip
                page.goto(where)
                settled(page)
                kept(page, f"matters-{name}-{width}-{scheme}")
                accessible(page, axe)
