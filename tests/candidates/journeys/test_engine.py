"""What happens brings steps, and makes them untrue; each is taken once, at a civil hour, and never too many a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.activity.models import Activity
from candidates.applications import actions as applications
from candidates.consents import actions as consents
from candidates.follow_ups import actions as follow_ups
from candidates.journeys import actions
from candidates.messages import actions as messages
from candidates.models import Application, Candidate, Replan, StepTask
from tests.candidates.helpers import at_once, days, hours, mails, run_lane
from tests.candidates.journeys.parts import add, own, switch
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_interview,
    make_location,
    make_organisation,
    make_requisition,
    make_source,
    stage,
)
from tests.smtp import Catcher

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def move(application: Application, kind: str, now: datetime = NOW) -> None:
    requisition = application.requisition
    applications.move(
        application_id=application.pk,
        stage_id=stage(requisition, kind).pk,
        by=requisition.recruiter,
        now=now,
    )


def replan(now: datetime = NOW) -> Replan:
    run_lane("journeys", now)
    return Replan.objects.latest("pk")


def a_role(**said: object):
    requisition = make_requisition()
    return requisition, add(requisition.organisation, **said)


def test_a_stage_that_is_entered_brings_its_step_and_the_next_one_ends_it() -> None:
    requisition, step = a_role(amount=1)
    application = make_application(requisition=requisition)
    move(application, "interview")
    assert own(application, step.key) == [("waiting", days(1), "")]
    move(application, "offer", days(0.1))
    assert own(application, step.key) == [("cancelled", days(1), "It is not for where they stand now.")]
    assert Activity.objects.get(verb="followup.cancelled").data["step"] == "A word"


def test_its_message_leaves_once_in_its_own_words() -> None:
    requisition, step = a_role(amount=1, sender="team")
    application = make_application(requisition=requisition)
    move(application, "interview")
    assert run_lane("follow-ups", days(0.9)) == 0
    assert run_lane("follow-ups", days(1)) == 1
    assert run_lane("follow-ups", days(2)) == 0
    (mail,) = mails("journey.message")
    assert (mail.subject, mail.to) == ("A word, Robin", application.candidate.email)
    assert "Hello Robin, a word." in mail.text
    assert mail.from_name == requisition.organisation.name
    assert own(application, step.key) == [("done", days(1), "")]


def test_a_decision_cancels_what_is_no_longer_true_and_its_undoing_brings_it_back() -> None:
    requisition, step = a_role(amount=3)
    application = make_application(requisition=requisition)
    move(application, "interview")
    due_at = own(application, step.key)[0][1]
    applications.reject(
        application_id=application.pk,
        reason="stronger-match",
        by=requisition.recruiter,
        now=days(0.1),
        message=None,
    )
    assert own(application, step.key) == [("cancelled", due_at, "The outcome has been decided.")]
    applications.undo_decision(application_id=application.pk, by=requisition.recruiter, now=days(0.2))
    assert own(application, step.key) == [("waiting", due_at, "")]


def test_a_no_brings_its_step_once_they_have_been_told(smtp: Catcher) -> None:
    requisition, step = a_role(trigger="rejected", stage_kind="applied", amount=2)
    application = make_application(requisition=requisition)
    applications.reject(
        application_id=application.pk,
        reason="stronger-match",
        by=requisition.recruiter,
        now=NOW,
        message=("Your application", "We will not go on."),
    )
    assert own(application, step.key) == []
    run_lane("mail", hours(1))
    assert own(application, step.key) == [("waiting", days(2) + timedelta(hours=1), "")]


def test_they_withdraw_and_are_answered_at_once() -> None:
    requisition, step = a_role(trigger="withdrew", stage_kind="")
    application = make_application(requisition=requisition)
    night = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    applications.withdraw(application=application, by=application.candidate, reason_text="", now=night)
    assert own(application, step.key) == [("waiting", night, "")]


def test_who_is_withdrawn_by_a_colleague_is_not_written_to_at_night() -> None:
    requisition, step = a_role(trigger="withdrew", stage_kind="")
    application = make_application(requisition=requisition)
    night = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    applications.withdraw(application=application, by=requisition.recruiter, reason_text="", now=night)
    assert own(application, step.key) == [("waiting", datetime(2026, 11, 25, 8, 0, tzinfo=UTC), "")]


def test_an_interview_brings_what_prepares_for_it_and_takes_it_along() -> None:
    requisition = make_requisition()
    switch(requisition.organisation, "preparation", on=True)
    application = make_application(requisition=requisition)
    interview = make_interview(application, starts_at=days(6))
    replan()
    assert own(application, "preparation") == [("waiting", days(2), "")]
    assert run_lane("follow-ups", days(2)) == 1
    (mail,) = mails("journey.interview_ahead")
    assert mail.subject == f"How to prepare: {interview.name}"
    assert "Monday 30 November, 10:00 (UTC)" in mail.text


def test_what_prepares_for_an_interview_does_not_come_after_it_has_begun() -> None:
    requisition = make_requisition()
    switch(requisition.organisation, "preparation", on=True)
    application = make_application(requisition=requisition)
    make_interview(application, starts_at=days(6))
    replan()
    run_lane("follow-ups", days(6.01))
    assert own(application, "preparation")[0][::2] == ("skipped", "What it prepares for has begun.")


def test_silence_brings_one_message_and_news_begins_it_anew() -> None:
    requisition, step = a_role(trigger="no_news", stage_kind="", amount=2)
    application = make_application(requisition=requisition)
    replan()
    assert own(application, step.key) == [("waiting", days(2), "")]
    run_lane("follow-ups", days(2))
    assert len(mails("journey.message")) == 1
    # Its own message is no news, so that it does not follow itself.
    replanned = actions.follow(
        application_id=application.pk,
        steps=[step],
        by=None,
        now=days(2),
    )
    assert replanned is None
    assert [row[0] for row in own(application, step.key)] == ["done"]
    messages.send(
        application_id=application.pk,
        subject="A word",
        body="We look at it on Monday, as I said.",
        by=requisition.recruiter,
        now=days(3),
    )
    assert [row[0] for row in own(application, step.key)] == ["done", "waiting"]


def test_conditions_say_for_whom() -> None:
    organisation = make_organisation()
    here, there = make_location(organisation), make_location(organisation)
    source = make_source()
    step = add(
        organisation, trigger="applied", stage_kind="", amount=1, location=here, source=source, language="de"
    )
    role, other = (make_requisition(organisation=organisation, location=place) for place in (here, there))
    german = {"candidate": make_candidate(language="de"), "source": source}
    right = make_application(requisition=role, **german)
    wrong = [
        make_application(requisition=other, candidate=make_candidate(language="de"), source=source),
        make_application(requisition=role, candidate=make_candidate(language="en"), source=source),
        make_application(requisition=role, candidate=make_candidate(language="de")),
        make_application(candidate=make_candidate(language="de"), source=source),
    ]
    replan()
    assert [row[0] for row in own(right, step.key)] == ["waiting"]
    assert [own(each, step.key) for each in wrong] == [[], [], [], []]


def test_a_task_is_given_to_a_person() -> None:
    requisition, _ = a_role(act="task", task="Call them.", doer="manager", amount=1, words=None)
    application = make_application(requisition=requisition)
    move(application, "interview")
    assert run_lane("follow-ups", days(1)) == 1
    task = StepTask.objects.get()
    assert (task.owner, task.what, task.application, task.done_at) == (
        requisition.hiring_manager,
        "Call them.",
        application,
        None,
    )
    (mail,) = mails("journey.task")
    assert mail.to == requisition.hiring_manager.email
    assert "Call them." in mail.text
    assert Activity.objects.get(verb="followup.asked").data["what"] == "Call them."


def test_keeping_in_touch_asks_for_consent_when_it_is_due() -> None:
    requisition, step = a_role(trigger="rejected", stage_kind="", amount=5, purpose="roles")
    agreed, over = make_candidate(), make_candidate()
    for each, since in ((agreed, NOW), (over, days(-364))):
        consents.agree(candidate=each, purpose="roles", where="page", by=each, now=since)
    rows = [
        make_application(
            requisition=requisition, candidate=each, state="rejected", told_at=NOW, decided_at=NOW
        )
        for each in (agreed, over, make_candidate())
    ]
    replan()
    run_lane("follow-ups", days(7))
    assert [own(each, step.key)[0][::2] for each in rows] == [
        ("done", ""),
        ("skipped", "They have not said that we may keep in touch."),
        ("skipped", "They have not said that we may keep in touch."),
    ]
    (mail,) = mails("journey.keep_in_touch")
    assert mail.kind == "relationship"
    assert "Stop these messages, or choose what we write about: http" in mail.text


# Replanning


def test_a_change_is_brought_to_all_applications_and_says_how_far_it_is() -> None:
    requisition, step = a_role(trigger="applied", stage_kind="", amount=5)
    rows = [make_application(requisition=requisition) for _ in range(3)]
    others = make_application()
    done = replan()
    assert (done.state, done.total, done.seen, done.planned) == ("done", 3, 3, 3)
    assert [own(each, step.key)[0][0] for each in rows] == ["waiting"] * 3
    assert own(others, step.key) == []
    switch(requisition.organisation, step.key, on=False)
    done = replan()
    assert (done.planned, done.moved, done.cancelled) == (0, 0, 3)
    assert [own(each, step.key)[0][::2] for each in rows] == [
        ("cancelled", "This step was switched off.")
    ] * 3
    switch(requisition.organisation, step.key, on=True)
    assert replan().planned == 3
    assert [own(each, step.key)[0][0] for each in rows] == ["waiting"] * 3


def test_nothing_is_planned_for_a_time_that_has_passed() -> None:
    requisition, step = a_role(trigger="applied", stage_kind="", amount=1)
    late = make_application(requisition=requisition, applied_at=days(-30), now=days(-30))
    replan()
    assert own(late, step.key) == []


def test_a_later_change_overtakes_a_replanning() -> None:
    requisition, step = a_role(trigger="applied", stage_kind="", amount=5)
    make_application(requisition=requisition)
    switch(requisition.organisation, step.key, on=False)
    run_lane("journeys", NOW)
    assert list(Replan.objects.order_by("pk").values_list("state", flat=True)) == ["overtaken", "done"]


def test_the_thanks_of_the_house_can_be_left_out_and_put_later() -> None:
    requisition = make_requisition()
    first = make_application(requisition=requisition)
    applications.withdraw(application=first, by=first.candidate, reason_text="", now=NOW)
    switch(requisition.organisation, "thanks", on=False)
    replan()
    assert own(first, "thanks") == [("cancelled", NOW, "This step was switched off.")]
    second = make_application(requisition=requisition)
    applications.withdraw(application=second, by=second.candidate, reason_text="", now=NOW)
    assert own(second, "thanks") == []


def test_a_batch_costs_the_same_for_one_and_for_twenty() -> None:
    requisition, _ = a_role(trigger="applied", stage_kind="", amount=1)
    counts = []
    for size in (1, 20):
        for _ in range(size):
            make_application(requisition=requisition)
        Replan.objects.update(state="waiting", settled_at=None, reached=0)
        replan()
        with CaptureQueriesContext(connection) as asked:
            assert follow_ups.do_due(days(1)) == size
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Not too much in a day


def plan_many(organisation, count: int, **said: object) -> None:
    for number in range(count):
        add(organisation, name=f"Word {number}", trigger="applied", stage_kind="", amount=1, **said)


def test_no_more_than_the_organisation_says_reach_one_candidate_in_a_day() -> None:
    requisition = make_requisition()
    plan_many(requisition.organisation, 4)
    make_application(requisition=requisition)
    replan()
    sent = []
    for day in (1, 2, 3):
        run_lane("follow-ups", days(day))
        sent.append(len(mails("journey.message")))
    assert sent == [2, 4, 4]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_send_more_than_that() -> None:
    requisition = make_requisition()
    plan_many(requisition.organisation, 6)
    for _ in range(5):
        make_application(requisition=requisition)
    replan()
    at_once(*[lambda: run_lane("follow-ups", days(1))] * 3)
    run_lane("follow-ups", days(1) + timedelta(minutes=2))
    by_candidate = [
        len(mails("journey.message", candidate_id=each.pk)) for each in Candidate.objects.order_by("pk")
    ]
    assert by_candidate == [2] * 5


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_move_and_a_replanning_at_once_plan_each_step_once() -> None:
    requisition, step = a_role(amount=1)
    rows = [make_application(requisition=requisition) for _ in range(6)]

    def move_all() -> None:
        for each in rows:
            move(each, "interview")

    at_once(move_all, lambda: run_lane("journeys", NOW), lambda: run_lane("journeys", NOW))
    assert [row[0] for each in rows for row in own(each, step.key)] == ["waiting"] * 6


def test_the_post_says_where_who_said_nothing_is() -> None:
    organisation = make_organisation()
    place = make_location(organisation, time_zone="America/Los_Angeles")
    step = add(organisation, trigger="applied", stage_kind="", amount=1)
    requisition = make_requisition(organisation=organisation, location=place)
    application = make_application(requisition=requisition)
    replan()
    assert own(application, step.key) == [("waiting", datetime(2026, 11, 25, 16, 0, tzinfo=UTC), "")]
