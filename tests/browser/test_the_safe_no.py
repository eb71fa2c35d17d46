"""A recruiter declines, the manager gets an ordinary answer, and nothing shows where it must not."""

from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.duework import engine
from partners.models import DeclinedRequest
from partners.partnerships.actions import begin
from tests import factories as f
from tests.browser.walking import Open, sign_in
from tests.factories import NOW
from tests.partners.declined.helpers import MARK, declined
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = "No one over 40 on the short list, please."
ANSWER = "What does the team need that it has not got? I look at everybody for that."
PLACES = (
    "/",
    "/partners/",
    "/partners/declined/",
    "/settings/outbox/",
    "/settings/due-work/",
    "/settings/declined/",
)


def show(page: Any, user: User) -> str:
    """Everything that these pages say to this person."""
    sign_in(page, user)
    said = []
    for place in PLACES:
        # What refuses is an error in the console; it is asked for beside the page.
        answer = page.request.get(place)
        said.append(answer.text())
        if answer.ok:
            page.goto(place)
            said.append(page.inner_text("body"))
    return "\n".join(said)


@pytest.mark.usefixtures("declined_are_taken_away")
def test_a_recruiter_declines_and_the_manager_gets_an_ordinary_answer(
    window: Open, smtp: Catcher, axe: str
) -> None:
    role = f.make_requisition(title="Data engineer", location=None)
    begin(requisition=role, now=NOW)
    application = f.make_application(requisition=role)
    f.make_note(application, role.hiring_manager, body=ASKED)
    lead, admin = f.make_user(Role.LEAD), f.make_user(Role.ADMIN)

    page = window()
    sign_in(page, role.recruiter)
    page.goto(f"/applications/{application.pk}/")
    page.click("text=Somebody asked for this: record that I declined")
    page.wait_for_url("**/partners/declined/new/**")
    assert page.input_value("#id_asked").strip() == ASKED
    assert "asked=" not in page.url
    assert page.input_value("#id_asked_by") == str(role.hiring_manager_id)
    page.check("#id_wants_support")
    page.click("text=Put it on record")
    page.wait_for_selector("text=On record. Whoever asked does not see it.")
    page.fill("[name=answer-text]", ANSWER)
    page.click("button:has-text('Send')")
    page.wait_for_selector("text=That you answered is noted here.")
    page.evaluate(axe)
    assert page.evaluate("axe.run().then(result => result.violations.map(each => each.id))") == []
    record = DeclinedRequest.objects.get()
    engine.tick(NOW.replace(year=NOW.year + 1))

    (mail,) = [each for each in smtp.to(role.hiring_manager.email) if ANSWER in each.as_string()]
    assert mail["Subject"] == f"{role.recruiter.name}: Data engineer"
    assert "declined" not in mail.get_body(("plain",)).get_content().lower()

    support = show(window(), lead)
    assert "Asks for your support" in support
    assert f"{role.recruiter}: Age" in support
    manager, administrator = window(390, 844), window()
    said = [show(manager, role.hiring_manager), show(administrator, admin)]
    hidden = ("Asks for your support", record.rule, f"{role.recruiter}: Age", ASKED)
    assert [[words for words in hidden if words in each] for each in said] == [[], []]
    for looking in (manager, administrator):
        answer = looking.request.get(f"/partners/declined/{record.pk}/")
        assert answer.status in {403, 404}


@pytest.mark.usefixtures("declined_are_taken_away")
def test_what_an_administrator_asked_shows_them_nothing(window: Open) -> None:
    recruiter, admin, lead = f.make_user(), f.make_user(Role.ADMIN, is_superuser=True), f.make_user(Role.LEAD)
    declined(recruiter, admin, wants_support=True)

    assert MARK not in show(window(), admin)
    assert MARK in show(window(), lead)
