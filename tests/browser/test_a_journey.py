"""A journey is changed in a real browser: with whom it touches and what a candidate would get, before it is saved."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from ats.chat import actions as chat
from ats.duework import engine
from candidates.journeys import actions, queries
from candidates.journeys.actions import StepFacts, take
from candidates.models import FollowUp, StepTask
from tests import factories as f
from tests.browser.test_settings_pages import MISTAKES, SIDEWAYS, show_to
from tests.browser.walking import settled
from tests.candidates.journeys.parts import WORDS
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")
"""A folder for pictures of the pages; none are made without it."""


def a_role_in_play() -> Any:
    organisation = f.make_organisation(name="Example Nursing")
    requisition = f.make_requisition(organisation=organisation, title="Data engineer")
    for first, last in (("Robin", "Example"), ("Sam", "Sample"), ("Kim", "Beispiel")):
        f.make_application(
            requisition=requisition, candidate=f.make_candidate(first_name=first, last_name=last)
        )
    return requisition


def test_a_journey_is_changed_with_its_simulation(page: Any, live_server: Any) -> None:
    requisition = a_role_in_play()
    organisation = requisition.organisation
    show_to(page, f.make_user("lead"), live_server.url)
    page.goto("/settings/journeys/")
    assert page.locator("#steps .row-item").count() == len(queries.current(organisation).steps)
    page.select_option("#way", "silence")
    page.wait_for_selector("#line >> text=Note that it takes longer")

    page.click("text=Add a step")
    settled(page)  # what is typed before the page listens is looked at with the next letter
    page.fill("[name=name]", "How we decide")
    page.select_option("[name=trigger]", "applied")
    page.fill("[name=amount]", "2")
    page.fill("[name=subject]", "How we decide, {{ candidate.first_name }}")
    page.fill("[name=body]", "Hello {{ candidate.first_name }}, this is how we decide.")
    # Nothing is saved, and it says already whom it touches and when it would come.
    page.wait_for_selector("#preview >> text=3 applications")
    page.wait_for_selector("#preview .is-this >> text=How we decide")
    assert "Robin Example" in page.inner_text("#preview")
    assert not FollowUp.objects.exists()
    page.fill("[name=body]", "Hello {{ candidate.salary }}")
    page.wait_for_selector("#preview >> text=There is no {{ candidate.salary }}")
    page.fill("[name=body]", "Hello {{ candidate.first_name }}, this is how we decide.")
    page.wait_for_selector("#preview .is-this")
    page.click("#step-form .form-actions button")
    page.wait_for_selector("text=Bringing what is planned to this journey")

    engine.drain(engine.lanes()[actions.REPLANNING], lambda: NOW, ends=None)
    page.wait_for_selector("text=3 applications looked at, 3 steps planned")
    rows = FollowUp.objects.filter(step=queries.current(organisation).steps[-1].key)
    assert set(rows.values_list("state", flat=True)) == {"waiting"}
    # A task needs no message, and the form asks for none.
    page.click("a:has-text('How we decide')")
    page.check("[name=act][value=task]")
    page.wait_for_selector("[name=body]", state="hidden")
    assert page.is_visible("[name=task]")


def test_everybody_can_read_and_use_it(page: Any, live_server: Any, axe: str) -> None:
    requisition = a_role_in_play()
    organisation, lead = requisition.organisation, f.make_user("lead", name="Kim Sample")
    step = actions.add_step(
        organisation_id=organisation.pk,
        facts=StepFacts(name="How we decide", trigger="applied", amount=2, words=WORDS),
        seen=0,
        by=lead,
        now=NOW,
    )
    actions.say(
        organisation_id=organisation.pk, step="", language="en", text="We build what nurses use every day.",
        link="https://example.com/nurses", by=lead, now=NOW,
    )  # fmt: skip
    engine.drain(engine.lanes()[actions.REPLANNING], lambda: NOW, ends=None)
    application = requisition.applications.first()
    FollowUp.objects.create(
        application=application, candidate=application.candidate, step="holding_note", due_at=NOW + timedelta(days=1),
        idempotency_key="x",
    )  # fmt: skip
    task = FollowUp.objects.create(
        application=application, candidate=application.candidate, step="x", payload={"label": "Call them"},
        due_at=NOW, idempotency_key="y", state="done", settled_at=NOW,
    )  # fmt: skip
    with transaction.atomic():
        take.ask("recruiter", "Call them, and ask what they think of the role.", 2, [task], NOW)
    chat.add_room(
        organisation=None, name="Hiring", service="mattermost", url="https://chat.example.com/hooks/abc",
        what=["late", "task"], by=lead, now=NOW,
    )  # fmt: skip
    show_to(page, lead, live_server.url)
    paths = {
        "chat": "/accounts/chat/",
        "task": f"/applications/{application.pk}/tasks/{StepTask.objects.get().pk}/",
        "journey": "/settings/journeys/?way=hired",
        "step": f"/settings/journeys/{organisation.pk}/{step.key}/",
        "owed": f"/settings/journeys/{organisation.pk}/holding_note/",
        "from-us": f"/settings/journeys/{organisation.pk}/from-us/",
        "steps": f"/applications/{application.pk}/steps/",
    }
    found = {}
    for width, scheme in ((390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for name, path in paths.items():
            page.goto(path)
            if name == "steps":
                page.click("summary:has-text('Leave it out')")
            page.evaluate(axe)
            found[name, width, scheme] = (page.evaluate(MISTAKES), page.evaluate(SIDEWAYS))
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}-{scheme}.png"), full_page=True)
    assert found == dict.fromkeys(found, ([], 0))
