"""Journeys: each step at its time, once, and only while it is still true."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.activity.models import Activity
from ats.mail.models import MailTemplate, SuppressedAddress
from candidates.applications import actions
from candidates.compose import portal_links
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.domain.journeys import STEPS
from candidates.models import Application, FollowUp
from tests.candidates.helpers import at_once, hours, mails, run_lane, submission, whole
from tests.factories import NOW, make_application, make_candidate, make_post, make_requisition

pytestmark = pytest.mark.django_db

SENDING = [step.name for step in STEPS.values() if step.mail]


def plan(application: Application, step: str, now: datetime = NOW) -> FollowUp:
    application = whole(application)
    if step == journeys.SURVEY_REMINDER:
        asked_before(application)
    payload = {}
    if STEPS[step].while_promised:
        payload = {
            "promise_id": application.promises.get(state="open").pk,
            "was_due": "then",
            "reason": "So.",
        }
    if STEPS[step].while_starting:
        facts = {"start.day": "Monday", "start.place": "Berlin", "manager.name": "Alex Sample"}
        payload = {"starts_on": str(application.starts_on), "facts": facts}
    return follow_ups.schedule(
        step, application=application, now=now, key=f"{step}:{application.pk}", payload=payload
    )


def asked_before(application: Application) -> None:
    """The survey that a reminder is of."""
    FollowUp.objects.create(
        candidate=application.candidate,
        application=application,
        step="survey",
        due_at=NOW,
        settled_at=NOW,
        state="done",
        idempotency_key=f"before:{application.pk}",
    )


def right_state(step: str) -> str:
    return "active" if "active" in STEPS[step].states else sorted(STEPS[step].states)[0]


@pytest.mark.parametrize("step", SENDING)
def test_each_step_sends_its_message_once(step: str) -> None:
    application = make_application(state=right_state(step))
    row = plan(application, step)
    assert run_lane("follow-ups", row.due_at) == 1
    assert run_lane("follow-ups", row.due_at) == 0
    row.refresh_from_db()
    (mail,) = mails(STEPS[step].mail)
    assert (row.state, row.mail, row.settled_at) == ("done", mail, row.due_at)
    assert (mail.to, mail.candidate_id, mail.application_id) == (
        application.candidate.email,
        application.candidate_id,
        application.pk,
    )
    assert f"Hello {application.candidate.first_name}," in mail.text
    assert f"{settings.BASE_URL}/status/" in mail.text
    assert Activity.objects.get(verb="followup.sent").data["step"] == STEPS[step].label


@pytest.mark.parametrize("step", SENDING)
@pytest.mark.parametrize("state", ["active", "hired", "rejected", "withdrawn"])
def test_what_is_no_longer_true_is_skipped_with_its_reason(step: str, state: str) -> None:
    application = make_application(state=right_state(step))
    row = plan(application, step)
    if state != application.state:
        other = make_application(state=state, requisition=application.requisition)
        row.application, row.candidate = other, other.candidate
        row.save()
        if step == journeys.SURVEY_REMINDER:
            asked_before(other)
    run_lane("follow-ups", row.due_at)
    row.refresh_from_db()
    expected = "done" if state in STEPS[step].states else "skipped"
    assert row.state == expected
    assert (row.reason == "") == (expected == "done")


def test_an_address_that_refuses_mail_or_is_missing() -> None:
    refused, nobody = make_application(), make_application(candidate=make_candidate(email=""))
    SuppressedAddress.objects.create(address=refused.candidate.email.upper(), reason="bounced", since=NOW)
    rows = [plan(application, journeys.ACKNOWLEDGEMENT) for application in (refused, nobody)]
    run_lane("follow-ups", NOW)
    for row in rows:
        row.refresh_from_db()
    assert [(row.state, row.reason) for row in rows] == [
        ("skipped", "Mail to this address comes back."),
        ("skipped", "There is no address to write to."),
    ]
    assert mails("application.acknowledged") == []


@pytest.mark.ordinary_day
def test_the_survey_leaves_the_weekend_alone() -> None:
    friday = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    application = make_application()
    actions.withdraw(application=application, by=application.candidate, reason_text="", now=friday)
    assert FollowUp.objects.get(step="survey").due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.mark.ordinary_day
def test_the_acknowledgement_leaves_at_once_even_at_night() -> None:
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    actions.apply(submission=submission(make_post(now=night)), now=night)
    assert run_lane("follow-ups", night) == 1
    (mail,) = mails("application.acknowledged")
    assert mail.not_before == night
    assert "first answer, by Friday 27 November" in mail.text


def test_an_organisations_own_words_are_used() -> None:
    ours, theirs = make_application(), make_application()
    MailTemplate.objects.create(
        organisation=ours.requisition.organisation,
        role="application.acknowledged",
        subject="Moin {{ candidate.first_name }}",
        body="We have it.",
    )
    for application in (ours, theirs):
        plan(application, journeys.ACKNOWLEDGEMENT)
    run_lane("follow-ups", NOW)
    assert [mail.subject for mail in mails("application.acknowledged")] == [
        "Moin Robin",
        f"We received your application for {theirs.requisition.title}",
    ]
    # Whatever the words are, the way to the portal is there.
    assert "See where you stand:" in mails("application.acknowledged")[0].text


def test_the_portal_gives_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal_links, "_make", [portal_links._ask_for_one])
    portal_links.register_portal_links(
        lambda candidates, now: [f"https://hiring.example.com/status/{one.pk}/" for one in candidates]
    )
    application = make_application()
    plan(application, journeys.ACKNOWLEDGEMENT)
    run_lane("follow-ups", NOW)
    (mail,) = mails("application.acknowledged")
    assert f"https://hiring.example.com/status/{application.candidate_id}/" in mail.text


def test_hostile_names_stay_words() -> None:
    name = "Eve {{ portal_link }}\u202e<script>"
    candidate = make_candidate(first_name=name, last_name="x\nBcc: a@example.com")
    plan(make_application(candidate=candidate), journeys.ACKNOWLEDGEMENT)
    run_lane("follow-ups", NOW)
    (mail,) = mails("application.acknowledged")
    assert f"Hello {name}," in mail.text
    assert "<script>" not in mail.html
    assert "\n" not in mail.to_name + mail.subject


def test_a_batch_costs_the_same_for_one_and_for_fifty() -> None:
    requisition = make_requisition()
    counts = []
    for size in (1, 50):
        for _ in range(size):
            plan(make_application(requisition=requisition), journeys.ACKNOWLEDGEMENT)
        with CaptureQueriesContext(connection) as queries:
            assert follow_ups.do_due(NOW) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_one_bad_row_is_set_aside_and_the_others_go_on() -> None:
    good, bad = make_application(), make_application()
    rows = [plan(application, journeys.ACKNOWLEDGEMENT) for application in (good, bad)]
    FollowUp.objects.filter(pk=rows[1].pk).update(step="gone")
    run_lane("follow-ups", NOW)
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["done", "waiting"]
    assert (rows[1].attempts, rows[1].last_error) == (1, "KeyError: 'gone'")
    assert rows[1].retry_at == NOW + timedelta(minutes=1)
    assert len(mails("application.acknowledged")) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_step_once() -> None:
    requisition = make_requisition()
    for _ in range(30):
        plan(make_application(requisition=requisition), journeys.ACKNOWLEDGEMENT)
    done = at_once(*[lambda: run_lane("follow-ups", NOW)] * 3)
    assert sum(done) == 30
    assert len({mail.application_id for mail in mails("application.acknowledged")}) == 30


@pytest.mark.ordinary_day
def test_a_decision_that_waits_shows_and_is_settled_with_its_time() -> None:
    application = make_application()
    actions.reject(
        application_id=application.pk,
        reason="stronger-match",
        by=application.requisition.recruiter,
        now=NOW,
        message=("Your application", "We will not go on."),
    )
    row = FollowUp.objects.get(step="decision")
    assert (row.due_at, row.mail) == (hours(0.25), mails("application.rejected")[0])
    run_lane("follow-ups", row.due_at)
    row.refresh_from_db()
    assert row.state == "done"
