"""What a journey asks of a person: due by a day, on their day and in their digest, done, put off or skipped."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.home.queries.day import day_of
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.mail.models import OutgoingMail
from candidates.journeys import actions
from candidates.journeys.actions import take
from candidates.models import Application, FollowUp, StepTask
from partners.models import Partnership
from partners.partnerships.actions import begin
from tests.candidates.helpers import run_lane
from tests.factories import NOW, make_application, make_requisition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

THURSDAY = datetime(2026, 11, 26, 17, tzinfo=UTC)
"""The end of the second working day after NOW."""


def asked(doer: str = "recruiter", application: Application | None = None) -> StepTask:
    application = application or make_application(requisition=make_requisition())
    row = FollowUp.objects.create(
        application=application,
        candidate=application.candidate,
        step="x",
        payload={"label": "X"},
        due_at=NOW,
        idempotency_key=f"x:{application.pk}",
    )
    take.ask(doer, "Call them.", 2, [row], NOW)
    return StepTask.objects.get(follow_up=row)


def on_day_of(user: User, now: datetime = NOW) -> list[str]:
    day = day_of(user, whole_team=False, now=now)
    return [row.what for section in day.sections if section.key == "tasks" for row in section.rows]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_is_due_after_the_working_days_that_its_step_gives() -> None:
    task = asked()
    assert task.due_at == THURSDAY
    assert on_day_of(task.owner) == ["Call them."]
    assert on_day_of(make_user()) == []


def test_what_is_done_or_skipped_stands_on_nobodys_day() -> None:
    first, second = asked(), asked()
    actions.do_task(task_id=first.pk, by=first.owner, now=NOW)
    actions.skip_task(task_id=second.pk, reason="They have called us.", by=second.owner, now=NOW)
    assert (on_day_of(first.owner), on_day_of(second.owner)) == ([], [])
    second.refresh_from_db()
    assert (second.skipped_at, second.reason, second.done_at) == (NOW, "They have called us.", None)
    told = Activity.objects.get(verb="followup.task_skipped").data
    assert told == {"what": "Call them.", "reason": "They have called us."}
    for settle in (
        lambda: actions.do_task(task_id=second.pk, by=second.owner, now=NOW),
        lambda: actions.skip_task(task_id=first.pk, reason="Late.", by=first.owner, now=NOW),
        lambda: actions.put_off_task(
            task_id=first.pk, due_at=THURSDAY, reason="Late.", by=first.owner, now=NOW
        ),
    ):
        with pytest.raises(WrongState):
            settle()


def test_it_is_put_off_to_the_end_of_a_working_day_with_the_reason() -> None:
    task = asked()
    saturday = datetime(2026, 11, 28, 11, tzinfo=UTC)
    actions.put_off_task(task_id=task.pk, due_at=saturday, reason="They are away.", by=task.owner, now=NOW)
    task.refresh_from_db()
    assert (task.due_at, task.reason, task.nudged_at) == (
        datetime(2026, 11, 30, 17, tzinfo=UTC),
        "They are away.",
        None,
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"due_at": NOW - timedelta(days=1), "reason": "Away."}, "due_on"),
        ({"due_at": NOW + timedelta(days=200), "reason": "Away."}, "due_on"),
        ({"due_at": THURSDAY, "reason": " "}, "reason"),
        ({"due_at": THURSDAY, "reason": "x" * 301}, "reason"),
    ],
)
def test_what_cannot_be_put_off(facts: dict[str, Any], field: str) -> None:
    task = asked()
    with pytest.raises(Invalid) as refused:
        actions.put_off_task(task_id=task.pk, by=task.owner, now=NOW, **facts)
    assert refused.value.field == field


def test_a_manager_does_what_was_asked_of_them_and_nothing_else() -> None:
    application = make_application(requisition=make_requisition())
    task = asked("manager", application)
    manager = application.requisition.hiring_manager
    assert task.owner == manager
    page = f"/applications/{application.pk}/tasks/{task.pk}/"
    client = signed_in(manager)
    assert "Call them." in client.get(page).content.decode()
    assert client.post(page, {"what": "done"}).headers["Location"] == f"/applications/{application.pk}/"
    task.refresh_from_db()
    assert task.done_by == manager
    other = asked("recruiter", make_application(requisition=application.requisition))
    with pytest.raises((Missing, NotAllowed)):
        actions.do_task(task_id=other.pk, by=manager, now=NOW)
    with pytest.raises(Missing):
        actions.do_task(task_id=other.pk, by=make_user(Role.MANAGER), now=NOW)


def test_its_page_puts_off_and_skips() -> None:
    task = asked()
    client, page = signed_in(task.owner), f"/applications/{task.application_id}/tasks/{task.pk}/"
    late = client.post(page, {"what": "later", "reason": "Away."})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["due_on"])
    assert client.post(page, {"what": "later", "reason": "Away.", "due_on": "2026-12-01"}).status_code == 302
    task.refresh_from_db()
    assert task.due_at == datetime(2026, 12, 1, 17, tzinfo=UTC)
    seen = client.get(f"/applications/{task.application_id}/").content.decode()
    assert "Tasks of the journey" in seen
    skip = client.post(page, {"what": "skip", "reason": ""})
    assert (skip.status_code, list(skip.context["form"].errors)) == (422, ["reason"])
    assert client.post(page, {"what": "skip", "reason": "No need."}).status_code == 302
    assert "Skipped" in client.get(page).content.decode()
    assert client.post(page, {"what": "dance"}).status_code == 422
    assert "Tasks of the journey" not in client.get(f"/applications/{task.application_id}/").content.decode()


def test_it_counts_in_the_digest_of_its_day() -> None:
    requisition = make_requisition()
    begin(requisition=requisition, now=NOW)
    assert Partnership.objects.count() == 1
    task = asked("manager", make_application(requisition=requisition))
    for hours in (44, 50):
        moment = NOW + timedelta(hours=hours)
        run_lane("step-task-reminders", moment)
        run_lane("tasks", moment)
    (mail,) = OutgoingMail.objects.filter(role="commitments.digest")
    assert mail.to == task.owner.email
    assert "Call them." in mail.text
    assert task.application.candidate.last_name not in mail.text


# --- Asked by a colleague, by hand


def by_hand(application: Application, owner: User, by: User, **facts: Any) -> StepTask:
    given = {"what": "Call their referee.", "due_on": THURSDAY.date()} | facts
    return actions.ask_by_hand(application_id=application.pk, owner_id=owner.pk, by=by, now=NOW, **given)


def test_a_colleague_asks_another_who_is_told_and_has_it_on_their_day() -> None:
    application = make_application(requisition=make_requisition())
    recruiter, manager = application.requisition.recruiter, application.requisition.hiring_manager
    task = by_hand(application, manager, recruiter)

    assert (task.due_at, on_day_of(manager), on_day_of(recruiter)) == (THURSDAY, ["Call their referee."], [])
    assert OutgoingMail.objects.filter(role="journey.task", to=manager.email).count() == 1
    told = manager.notifications.get()
    assert told.text == f"{recruiter} asks you to do something for a candidate."
    assert told.link == f"/applications/{application.pk}/tasks/{task.pk}/"

    actions.hand_task(task_id=task.pk, owner_id=recruiter.pk, by=manager, now=NOW)
    assert (on_day_of(manager), on_day_of(recruiter)) == ([], ["Call their referee."])
    assert recruiter.notifications.count() == 1

    actions.do_task(task_id=task.pk, by=recruiter, now=NOW)
    assert on_day_of(recruiter) == []
    actions.reopen_task(task_id=task.pk, by=recruiter, now=NOW)
    assert on_day_of(recruiter) == ["Call their referee."]
    verbs = (
        Activity.objects.filter(verb__startswith="followup.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "followup.asked", "followup.task_handed", "followup.task_done", "followup.task_reopened"
    ]  # fmt: skip


def test_only_who_may_see_it_is_asked_and_only_for_a_day_ahead() -> None:
    application = make_application(requisition=make_requisition())
    recruiter, stranger = application.requisition.recruiter, make_user(Role.INTERVIEWER)
    with pytest.raises(Invalid, match="who may see this application"):
        by_hand(application, stranger, recruiter)
    for wrong in ({"what": "  "}, {"what": "x" * 501}, {"due_on": (NOW - timedelta(days=2)).date()}):
        with pytest.raises(Invalid):
            by_hand(application, recruiter, recruiter, **wrong)
    with pytest.raises(Missing):
        by_hand(application, recruiter, stranger)
    task = by_hand(application, recruiter, recruiter)
    assert recruiter.notifications.count() == 0  # nobody is told what they said themselves
    with pytest.raises(WrongState):
        actions.reopen_task(task_id=task.pk, by=recruiter, now=NOW)


@time_machine.travel(NOW)
def test_it_is_asked_and_handed_on_from_the_pages() -> None:
    application = make_application(requisition=make_requisition())
    recruiter, manager = application.requisition.recruiter, application.requisition.hiring_manager
    desk = signed_in(recruiter)
    sent = {"ask-what": "Call them.", "ask-owner": manager.pk, "ask-due_on": THURSDAY.date().isoformat()}
    refused = desk.post(f"/applications/{application.pk}/tasks/", sent | {"ask-due_on": "2020-01-01"})
    assert (refused.status_code, "Give a day that lies ahead." in refused.content.decode()) == (422, True)
    assert desk.post(f"/applications/{application.pk}/tasks/", sent).status_code == 302
    task = StepTask.objects.get()
    assert "Call them." in desk.get(f"/applications/{application.pk}/steps/").content.decode()

    page = f"/applications/{application.pk}/tasks/{task.pk}/"
    assert "Somebody else does it" in desk.get(page).content.decode()
    assert desk.post(page, {"what": "hand", "owner": recruiter.pk})["Location"] == page
    desk.post(page, {"what": "done", "reason": ""})
    assert "It is to be done after all" in desk.get(page).content.decode()
    desk.post(page, {"what": "reopen"})
    task.refresh_from_db()
    assert (task.owner, task.is_open) == (recruiter, True)
