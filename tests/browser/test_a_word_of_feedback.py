"""Somebody with whom we did not go on reads the reason, asks for more, gets it, and reads it on their page."""

from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Application, Feedback, MatterMark
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.candidates.feedback.helpers import EVIDENCE, interviewed
from tests.candidates.portal.helpers import open_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")


def rejected(**facts: Any) -> Application:
    now = timezone.now()
    application = interviewed(**facts)
    Application.objects.filter(pk=application.pk).update(decided_at=now, told_at=now, applied_at=now)
    return Application.objects.whole().get(pk=application.pk)


def test_a_rejected_person_asks_gets_feedback_and_reads_it(window: Open) -> None:
    application = rejected()
    link = open_for(application.candidate)
    theirs = window(390, 844, java_script_enabled=False)
    theirs.goto(link)
    assert application.reason is not None
    assert theirs.get_by_text(application.reason.candidate_text).count() == 1
    theirs.get_by_role("button", name="May I have feedback?").click()
    assert theirs.get_by_text("You hear from us by").count() == 1

    ours = window(1440, 900)
    enter(ours, application.requisition.recruiter)
    ours.goto("/")
    ours.get_by_role("link", name="Give feedback").first.click()
    settled(ours)
    ours.locator("label.feedback-point", has_text=EVIDENCE).nth(1).click()
    ours.get_by_role("button", name="Put it together").click()
    ours.locator("textarea#id_body", has_text="SQL: ").wait_for()
    body = ours.get_by_label("What they read").input_value()
    assert f"SQL: {EVIDENCE}" in body
    ours.get_by_label("What they read").fill(body.replace(EVIDENCE, "You read the plan. Ada Byron agreed."))
    ours.get_by_role("button", name="See it as it leaves").click()
    ours.get_by_text("Does not leave").wait_for()
    ours.get_by_label("What they read").fill(body)
    ours.get_by_role("button", name="Send", exact=True).click()
    ours.wait_for_url(f"**/applications/{application.pk}/")
    assert Feedback.objects.get().state == "sent"

    theirs.goto(link)
    assert theirs.get_by_role("heading", name="Our feedback").count() == 1
    assert theirs.get_by_text(f"SQL: {EVIDENCE}").count() == 2
    assert theirs.get_by_role("button", name="May I have feedback?").count() == 0


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
