"""Writing a rule on its page, without scripts; what is refused, and who sees what."""

from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from candidates.automation.actions import switch_off
from candidates.models import KnockOutChoice, Rule, RuleAct
from requisitions.models import Question, Requisition
from tests import factories as f
from tests.candidates.automation.conftest import Writes, put_on, tag
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


def sent(**more: Any) -> dict[str, Any]:
    """A form as a browser sends it."""
    return {
        "name": "No permit", "when": "arrives", "stage": "", "days": "", "conditions": "1", "actions": "1",
        "if-0-about": "answer_is", "if-0-question": "Work permit?", "if-0-value": "no",
        "then-0-act": "tag", "then-0-text": "No Permit, look",
    } | more  # fmt: skip


def test_a_rule_is_written_with_rows_added_and_changed(
    desk: Client, role: Requisition, question: Question
) -> None:
    address = f"/rules/new/?scope=role:{role.pk}"
    more = desk.post(address, sent(more="conditions", name="")).content.decode()
    assert ('name="if-1-about"' in more, 'value="no"' in more, "form-errors" in more) == (True, True, False)

    answer = desk.post(address, sent())

    rule = Rule.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/rules/{rule.pk}/")
    assert rule.actions == [{"act": "tag", "tags": ["look", "no permit"]}]
    assert [each["said"] for each in rule.conditions] == ["no"]
    changed = sent(version="1", **{"then-0-text": "other"})
    assert desk.post(f"/rules/{rule.pk}/change/", changed).status_code == 302
    again = desk.post(
        f"/rules/{rule.pk}/change/", changed | {"name": "Mine"}
    )  # who opened it before the change
    assert (again.status_code, "Somebody else has changed this rule" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"if-0-value": "x" * 10_000}, "200 characters"),
        ({"if-0-value": ""}, "Write a value"),
        ({"if-0-about": "source_is", "if-0-value": "(Nowhere|.*)"}, "There is none called (Nowhere|.*)."),
        ({"if-0-about": "days_at_least", "if-0-value": "9" * 50}, "From 1 to 60 working days."),
        ({"if-0-question": "Gone?"}, "That is not among the choices."),
        ({"then-0-act": "", "then-0-text": ""}, "Say what it does."),
        ({"then-0-act": "move"}, "This is needed for it."),
        ({"then-0-act": "move", "then-0-stage": "stage:99999"}, "That is not among the choices."),
        ({"when": "enters"}, "Say which stage."),
        ({"when": "waited", "stage": "kind:applied"}, "That is not among the choices."),
        ({"conditions": "-5", "actions": "lots", "then-0-act": "fly"}, "That is not among the choices."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    more: dict[str, str], said: str, desk: Client, role: Requisition, question: Question
) -> None:
    answer = desk.post(f"/rules/new/?scope=role:{role.pk}", sent(**more))
    assert (answer.status_code, Rule.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_its_page_leads_from_the_dry_run_to_off(
    desk: Client, writes: Writes, role: Requisition, lead: User
) -> None:
    rule = writes(tag("x"), on=False)
    refused = desk.post(f"/rules/{rule.pk}/on/", {"version": "1"})
    assert (refused.status_code, "Try it on the last 90 days first." in refused.content.decode()) == (
        422,
        True,
    )
    for step, data in (("try", {}), ("on", {"version": "1"})):
        assert desk.post(f"/rules/{rule.pk}/{step}/", data).status_code == 302
    rule.refresh_from_db()
    assert rule.is_on
    assert "in the name of Kim Lead" in desk.get("/rules/").content.decode()
    assert desk.post(f"/rules/{rule.pk}/off/").status_code == 302
    assert desk.post(f"/rules/{rule.pk}/remove/").status_code == 302
    assert not Rule.objects.exists()


def test_a_no_that_waits_is_seen_on_the_application_and_stopped_there(
    client: Client, writes: Writes, role: Requisition
) -> None:
    application = f.make_application(requisition=role)
    act = RuleAct.objects.create(
        rule=writes(tag("x")), application=application, occasion="made-up", version=1, state="delayed",
        noticed_at=NOW, due_at=NOW, seen=1,
    )  # fmt: skip
    client.force_login(role.hiring_manager)
    assert "will say no" not in client.get(f"/applications/{application.pk}/").content.decode()
    assert client.post(f"/rules/no/{act.pk}/stop/").status_code == 404
    client.force_login(role.recruiter)
    assert "will say no to them" in client.get(f"/applications/{application.pk}/").content.decode()
    assert client.post(f"/rules/no/{act.pk}/stop/").status_code == 302
    assert "will say no" not in client.get(f"/applications/{application.pk}/").content.decode()


def test_whether_rules_may_say_no_is_chosen_with_who_and_when(
    desk: Client, role: Requisition, lead: User
) -> None:
    of = role.organisation_id
    given = {
        "organisation": of,
        f"of-{of}-is_allowed": "on",
        f"of-{of}-delay_hours": "24",
        f"of-{of}-share": "0",
    }
    assert desk.post("/rules/no/", given).status_code == 422
    assert desk.post("/rules/no/", given | {f"of-{of}-share": "10"}).status_code == 302
    choice = KnockOutChoice.objects.get()
    assert (choice.is_allowed, choice.delay_hours, choice.share, choice.chosen_by) == (True, 24, 10, lead)
    assert "Chosen by Kim Lead" in desk.get("/rules/no/").content.decode()


def test_recruiters_read_rules_and_others_do_not(client: Client, writes: Writes, lead: User) -> None:
    rule = writes(tag("x"))
    client.force_login(f.make_user(Role.RECRUITER))
    page = client.get(f"/rules/{rule.pk}/").content.decode()
    assert ("When an application arrives" in page, "Switch off" in page) == (True, False)
    assert client.get("/rules/new/").status_code == 403
    client.force_login(f.make_user(Role.MANAGER))
    assert client.get("/rules/").status_code == 403
    switch_off(rule_id=rule.pk, by=lead, now=NOW)
    put_on(rule, lead)
