"""A rule is written, tried on the past, switched on, and acts; the history names it. What stands out is looked at."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from ats.accounts.models import Role
from candidates.applications.actions import apply
from candidates.models import Application, Rule, Signal
from candidates.signals.actions import note
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, settled
from tests.candidates.automation.conftest import tick
from tests.candidates.helpers import submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def came(question: Any, email: str, *, ago: timedelta = timedelta(0), **facts: Any) -> Application:
    given = submission(question.post, answers={question.pk: False}, email=email, **facts)
    return apply(submission=given, now=timezone.now() - ago).application


def test_a_rule_from_the_first_word_to_what_it_did(window: Open, axe: str, live_server: Any) -> None:
    lead = f.make_user(Role.LEAD, name="Kim Lead")
    role = f.make_requisition(title="Engineer", recruiter=f.make_user(Role.RECRUITER, name="Sam Recruiter"))
    question = f.make_question(f.make_post(role), "yes_no", label="Work permit?")
    came(question, "before@example.com", ago=timedelta(days=20))
    page = window(1440, 900)
    enter(page, lead)

    page.goto("/rules/")
    page.get_by_role("link", name="Write a rule").click()
    page.get_by_label("For").select_option(f"role:{role.pk}")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("No permit")
    row = page.locator(".rule-if").first
    row.get_by_label("If").select_option("answer_is")
    row.get_by_label("Question").select_option("Work permit?")
    row.get_by_label("Value").fill("no")
    step = page.locator(".rule-then").first
    step.get_by_label("Then").select_option("tag")
    step.get_by_label("Words").fill("no permit")
    page.get_by_role("button", name="One more step").click()
    settled(page)
    step = page.locator(".rule-then").nth(1)
    step.get_by_label("Then").select_option("task")
    step.get_by_label("Words").fill("Ask about the permit")
    kept(page, "rule-form-1440")
    accessible(page, axe)
    page.get_by_role("button", name="Save").click()
    settled(page)
    said = page.locator(".rule-sentence").inner_text()
    assert said == (
        "When an application arrives for Engineer, if the answer to “Work permit?” is “no”, then add the tags "
        "no permit and ask the recruiter within 2 working days: “Ask about the permit”."
    )
    assert page.get_by_role("button", name="Switch on").count() == 0

    page.get_by_role("button", name="Try it on the last 90 days").click()
    settled(page)
    assert "It fits 1 application." in page.locator("body").inner_text()
    page.get_by_role("button", name="Switch on").click()
    settled(page)
    assert Rule.objects.get().is_on

    application = came(question, "new@example.com", first_name="Ann")
    tick(timezone.now() + timedelta(minutes=3))
    page.goto(f"/applications/{application.pk}/")
    settled(page)
    assert "Kim Lead, by the rule “No permit”" in page.locator("body").inner_text()
    kept(page, "rule-application")

    one, two = (f.make_candidate(first_name=name, phone="+49 30 901820") for name in ("Bo", "Cy"))
    with transaction.atomic():
        note(one, now=timezone.now())
    for width, height, scheme in (
        (390, 844, "dark"),
        (1440, 900, "light"),
        (390, 844, "light"),
        (1440, 900, "dark"),
    ):
        page = window(width, height, color_scheme=scheme)
        enter(page, lead)
        for name, path in (
            ("list", "/rules/"),
            ("rule", f"/rules/{Rule.objects.get().pk}/"),
            ("form", f"/rules/{Rule.objects.get().pk}/change/"),
            ("choice", "/rules/no/"),
            ("signals", "/signals/"),
        ):
            page.goto(path)
            settled(page)
            kept(page, f"rules-{name}-{width}-{scheme}")
            accessible(page, axe)
    page.get_by_label("Why you think so").fill("They share a flat")
    page.get_by_role("button", name="All right", exact=True).click()
    settled(page)
    assert (Signal.objects.get().state, two.applications.count()) == ("ok", 0)
