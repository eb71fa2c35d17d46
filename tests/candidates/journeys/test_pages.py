"""The settings pages of journeys, and the steps of one candidate."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain.journeys import OWED
from candidates.journeys import queries
from candidates.models import Candidate, FollowUp, FromUs, Journey, StepTask
from partners.models import Signer
from tests.candidates.helpers import mails, run_lane, whole
from tests.candidates.journeys.parts import add
from tests.factories import NOW, make_application, make_organisation, make_requisition, make_user

pytestmark = pytest.mark.django_db

STEP = {
    "name": "A word in between",
    "act": "message",
    "trigger": "applied",
    "amount": "2",
    "unit": "days",
    "hours": "working",
    "doer": "recruiter",
    "sender": "team",
    "subject": "A word",
    "body": "Hello {{ candidate.first_name }}.",
}


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def test_the_steps_are_listed_with_when_they_come_and_the_time_line() -> None:
    organisation = make_organisation()
    page = client_of(Role.LEAD).get(f"/settings/journeys/?organisation={organisation.pk}&way=silence")
    text = page.content.decode()
    assert "This is the journey that ships" in text
    assert "7 days before their first day" in text
    assert text.count("Note that it takes longer") == 6  # in the list, its menu, and four times in six weeks


def test_a_recruiter_reads_it_and_changes_nothing() -> None:
    organisation = make_organisation()
    client = client_of(Role.RECRUITER)
    assert client.get(f"/settings/journeys/?organisation={organisation.pk}").status_code == 200
    assert client.get(f"/settings/journeys/{organisation.pk}/new/").status_code == 403
    for role in (Role.MANAGER, Role.INTERVIEWER):
        assert client_of(role).get("/settings/journeys/").status_code == 403


def test_a_step_is_added_edited_switched_off_shifted_and_removed() -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    at = f"/settings/journeys/{organisation.pk}"
    assert client.get(f"{at}/new/").status_code == 200
    assert client.post(f"{at}/new/", STEP | {"seen": "0"}).status_code == 302
    step = queries.current(organisation).steps[-1]
    assert (step.name, step.amount, step.sender, step.role) == (
        "A word in between",
        2,
        "team",
        "journey.message",
    )
    page = client.get(f"{at}/{step.key}/")
    assert "Hello {{ candidate.first_name }}." in page.content.decode()
    assert client.post(f"{at}/{step.key}/", STEP | {"seen": "1", "amount": "3"}).status_code == 302
    client.post(f"{at}/{step.key}/shift/", {"seen": "2", "way": "up"})
    assert [each.key for each in queries.current(organisation).steps].index(step.key) == 13
    client.post(f"{at}/{step.key}/switch/", {"seen": "3", "on": "no"})
    client.post(f"{at}/{step.key}/remove/", {"seen": "4"})
    assert [row.change for row in Journey.objects.order_by("version")] == [
        "added the step “A word in between”",
        "changed the step “A word in between”",
        "put the steps in another order",
        "switched off “A word in between”",
        "removed the step “A word in between”",
    ]


@pytest.mark.parametrize("key", OWED)
def test_of_what_is_owed_the_sender_alone_is_asked(key: str) -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    page = client.get(f"/settings/journeys/{organisation.pk}/{key}/").content.decode()
    assert 'name="sender"' in page
    for name in ("amount", "stage_kind", "trigger", "body"):
        assert f'name="{name}"' not in page
    answer = client.post(
        f"/settings/journeys/{organisation.pk}/{key}/", {"seen": "0", "sender": "team", "amount": "9"}
    )
    assert answer.status_code == 302
    step = next(each for each in queries.current(organisation).steps if each.key == key)
    assert (step.sender, step.amount) == ("team", 0)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"body": "{{ candidate.salary }}"}, "There is no {{ candidate.salary }} in this kind of message."),
        ({"body": "😀" * 100_000}, "Keep the message under 20000 characters."),
        ({"name": ""}, "required"),
        ({"trigger": "promise"}, "That is not among the choices. Please choose again."),
        ({"trigger": "no_news", "amount": "0"}, "Say after how long without news"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_lost(said: dict[str, str], problem: str) -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    page = client.post(f"/settings/journeys/{organisation.pk}/new/", STEP | {"seen": "0"} | said)
    text = page.content.decode()
    assert page.status_code == 422
    assert problem in text
    assert "A word" in text
    assert not Journey.objects.exists()


def test_who_saw_an_older_version_loses_nothing_that_they_typed() -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    add(organisation)
    page = client.post(f"/settings/journeys/{organisation.pk}/new/", STEP | {"seen": "0"})
    assert page.status_code == 422
    assert "has just changed this journey" in page.content.decode()
    assert "A word in between" in page.content.decode()


def test_a_change_says_whom_it_touches_before_it_is_saved() -> None:
    requisition = make_requisition()
    organisation, client = requisition.organisation, client_of(Role.LEAD)
    for _ in range(3):
        make_application(requisition=requisition)
    make_application()
    page = client.post(f"/settings/journeys/{organisation.pk}/preview/", STEP | {"way": "silence"})
    text = page.content.decode()
    assert "<strong>3 applications</strong>: 3 steps planned, 0 moved, 0 taken back." in text
    assert text.count("this step") == 1
    assert "<strong>A word</strong>" in text
    assert not Journey.objects.exists()
    assert not FollowUp.objects.exists()
    wrong = client.post(f"/settings/journeys/{organisation.pk}/preview/", STEP | {"body": "{{ nothing }}"})
    assert "There is no {{ nothing }} in this kind of message." in wrong.content.decode()


def test_the_progress_of_a_replanning_is_shown() -> None:
    requisition = make_requisition()
    make_application(requisition=requisition)
    add(requisition.organisation, trigger="applied", stage_kind="", amount=2)
    client, at = client_of(Role.LEAD), f"/settings/journeys/{requisition.organisation_id}/progress/"
    assert "0 of 1" in client.get(at).content.decode()
    run_lane("journeys", NOW)
    assert "1 application looked at, 1 step planned, 0 moved, 0 taken back" in client.get(at).content.decode()


def test_the_order_comes_by_dragging_too() -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    keys = [each.key for each in queries.current(organisation).steps][::-1]
    answer = client.post(
        f"/settings/journeys/{organisation.pk}/order/",
        {"steps": ",".join(keys)},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert [each.key for each in queries.current(organisation).steps] == keys


def test_at_most_so_many_a_day() -> None:
    organisation, client = make_organisation(), client_of(Role.LEAD)
    client.post(f"/settings/journeys/{organisation.pk}/most/", {"seen": "0", "most": "4"})
    assert queries.current(organisation).journey.daily_cap == 4


def test_what_is_not_there() -> None:
    client: Any = client_of(Role.LEAD)
    organisation = make_organisation()
    assert client.get(f"/settings/journeys/{organisation.pk}/nothing/").status_code in {404, 409}
    assert client.get("/settings/journeys/999999/new/").status_code in {404, 409}


# The steps of one candidate


def planned(amount: int = 3) -> tuple[Any, FollowUp]:
    requisition = make_requisition()
    add(requisition.organisation, trigger="applied", stage_kind="", amount=amount)
    application = make_application(requisition=requisition)
    run_lane("journeys", NOW)
    return application, FollowUp.objects.get(application=application)


def at(application: Any, row: FollowUp | None = None) -> str:
    return f"/applications/{application.pk}/steps/" + (f"{row.pk}/" if row else "")


def desk(application: Any) -> Client:
    client = Client()
    client.force_login(application.requisition.recruiter)
    return client


def test_every_planned_step_is_shown_to_who_may_write_to_them() -> None:
    application, _ = planned()
    text = desk(application).get(at(application)).content.decode()
    assert text.count("<strong>A word</strong>") == 1
    assert "Leave it out, send it now, move it" in text
    for role in (Role.INTERVIEWER, Role.MANAGER):
        assert client_of(role).get(at(application)).status_code == 404


@pytest.mark.parametrize("what", ["skip", "now", "move"])
def test_each_needs_its_reason(what: str) -> None:
    application, row = planned()
    given = {"what": what, "reason": " ", "due_on": (NOW + timedelta(days=8)).strftime("%Y-%m-%dT%H:%M")}
    page = desk(application).post(at(application, row), given)
    assert page.status_code == 422
    assert "Say why." in page.content.decode()
    row.refresh_from_db()
    assert (row.state, row.payload.get("by_hand")) == ("waiting", None)


def test_one_is_left_out() -> None:
    application, row = planned()
    desk(application).post(at(application, row), {"what": "skip", "reason": "We spoke this morning."})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "We spoke this morning.")
    said = Activity.objects.get(verb="followup.left_out")
    assert (said.application_id, said.data["step"], said.data["reason"]) == (
        application.pk,
        "A word",
        "We spoke this morning.",
    )
    # What a person left out, no change of the journey brings back.
    add(application.requisition.organisation, name="Another", trigger="applied", stage_kind="", amount=9)
    run_lane("journeys", NOW)
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_one_is_sent_now_and_only_if_it_is_still_true() -> None:
    application, row = planned()
    desk(application).post(at(application, row), {"what": "now", "reason": "They asked."})
    assert run_lane("follow-ups", NOW + timedelta(minutes=3)) == 1
    assert len(mails("journey.message")) == 1
    assert Activity.objects.get(verb="followup.hurried").data["reason"] == "They asked."


@pytest.mark.ordinary_day  # eleven in the evening where they are, on a Tuesday
def test_one_is_sent_now_but_not_in_their_night() -> None:
    application, row = planned()
    Candidate.objects.filter(pk=application.candidate_id).update(time_zone="Pacific/Auckland")
    client = desk(application)
    answer = client.post(at(application, row), {"what": "now", "reason": "They asked."}, follow=True)
    assert "it leaves as soon as that is over." in answer.content.decode()
    row.refresh_from_db()
    assert row.due_at == NOW + timedelta(hours=9)
    assert run_lane("follow-ups", NOW + timedelta(minutes=3)) == 0


def test_one_is_moved_and_stays_there() -> None:
    application, row = planned()
    later = datetime.combine((NOW + timedelta(days=10)).date(), time(12), tzinfo=UTC)
    given = {"what": "move", "reason": "They are away.", "due_on": f"{later:%Y-%m-%dT%H:%M}"}
    assert desk(application).post(at(application, row), given).status_code == 302
    row.refresh_from_db()
    assert row.due_at == later
    add(application.requisition.organisation, name="Another", trigger="applied", stage_kind="", amount=9)
    run_lane("journeys", NOW)
    row.refresh_from_db()
    assert row.due_at == later
    assert Activity.objects.get(verb="followup.moved").data["reason"] == "They are away."


@pytest.mark.parametrize("due_on", ["", "2001-01-01T10:00", "2090-01-01T10:00"])
def test_not_to_a_time_that_makes_no_sense(due_on: str) -> None:
    application, row = planned()
    given = {"what": "move", "reason": "They are away.", "due_on": due_on}
    assert desk(application).post(at(application, row), given).status_code == 422


def test_a_task_is_noted_as_done_once() -> None:
    requisition = make_requisition()
    add(
        requisition.organisation,
        trigger="applied",
        stage_kind="",
        amount=1,
        act="task",
        task="Call.",
        words=None,
    )
    application = make_application(requisition=requisition)
    run_lane("journeys", NOW)
    run_lane("follow-ups", NOW + timedelta(days=5))
    task, client = StepTask.objects.get(), desk(application)
    assert "Asked of" in client.get(at(application)).content.decode()
    client.post(f"/applications/{application.pk}/tasks/{task.pk}/done/")
    task.refresh_from_db()
    assert task.done_by == requisition.recruiter
    assert client.post(f"/applications/{application.pk}/tasks/{task.pk}/done/").status_code == 409


def test_what_became_of_a_message_is_there_to_read() -> None:
    application, row = planned(amount=1)
    run_lane("follow-ups", row.due_at)
    (mail,) = mails("journey.message")
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state="sent", sent_at=NOW, begun_at=NOW, response="250 2.0.0 Ok: queued as 4XyZ"
    )
    client, page = desk(application), f"/applications/{application.pk}/messages/{mail.pk}/delivery/"
    assert page in client.get(at(application)).content.decode()
    text = client.get(page).content.decode()
    for said in ("Taken by the mail server", "250 2.0.0 Ok: queued as 4XyZ", application.candidate.email):
        assert said in text
    assert client_of(Role.INTERVIEWER).get(page).status_code == 404
    other = make_application(requisition=application.requisition)
    assert client.get(f"/applications/{other.pk}/messages/{mail.pk}/delivery/").status_code in {404, 409}


# What marketing says


def test_what_marketing_says_stands_below_the_messages_in_the_readers_language() -> None:
    application, row = planned(amount=1)
    organisation, client = application.requisition.organisation, client_of(Role.LEAD)
    page = f"/settings/journeys/{organisation.pk}/from-us/"
    said = {
        "step": "",
        "language": "en",
        "text": "We build what nurses use.",
        "link": "https://example.com/us",
    }
    assert client.post(page, said).status_code == 302
    client.post(page, said | {"language": "de", "text": "Wir bauen, was Pflegende nutzen."})
    assert "We build what nurses use." in client.get(page).content.decode()
    application.candidate.language = "de"
    application.candidate.save()
    run_lane("follow-ups", row.due_at)
    (mail,) = mails("journey.message")
    assert mail.text.index("Wir bauen, was Pflegende nutzen.\nhttps://example.com/us") > mail.text.index(
        "a word."
    )
    assert '<a href="https://example.com/us"' in mail.html
    # What is owed bears it only where it was written for that.
    follow_ups.schedule("acknowledgement", application=whole(application), now=NOW, key="again")
    run_lane("follow-ups", row.due_at)
    assert "nutzen" not in mails("application.acknowledged")[0].text


def test_a_no_bears_what_was_written_for_it() -> None:
    application = make_application()
    role = application.requisition
    client_of(Role.LEAD).post(
        f"/settings/journeys/{role.organisation_id}/from-us/",
        {"step": "decision", "language": "en", "text": "Thank you: ten percent off for a year.", "link": ""},
    )
    applications.reject(
        application_id=application.pk,
        reason="stronger-match",
        by=role.recruiter,
        now=NOW,
        message=("Your application", "We will not go on."),
    )
    assert "Thank you: ten percent off for a year." in mails("application.rejected")[0].text


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"text": "x" * 601}, "Keep it under 600 characters"),
        ({"text": "😀" * 100_000}, "Keep it under 600 characters"),
        ({"link": "javascript:alert(1)"}, "Write the whole address"),
        ({"step": "feedback"}, "That is not among the choices. Please choose again."),
        ({"language": "xx"}, "That is not among the choices. Please choose again."),
    ],
)
def test_what_cannot_be_said_of_us(said: dict[str, str], problem: str) -> None:
    organisation = make_organisation()
    given = {"step": "", "language": "en", "text": "We build.", "link": ""} | said
    page = client_of(Role.LEAD).post(f"/settings/journeys/{organisation.pk}/from-us/", given)
    assert (page.status_code, problem in page.content.decode()) == (422, True)
    assert not FromUs.objects.exists()


def test_whoever_signs_for_marketing_owns_it() -> None:
    organisation, other = make_organisation(), make_organisation()
    person = make_user(Role.MANAGER)
    client = Client()
    client.force_login(person)
    page = f"/settings/journeys/{organisation.pk}/from-us/"
    assert client.get(page).status_code == 403
    Signer.objects.create(organisation=organisation, function="marketing", person=person)
    assert client.get(page).status_code == 200
    assert page in client.get("/partners/sign/").content.decode()
    said = {"step": "", "language": "en", "text": "We build what nurses use.", "link": ""}
    assert client.post(page, said).status_code == 302
    assert client.get(f"/settings/journeys/{other.pk}/from-us/").status_code == 404
    row = FromUs.objects.get()
    client.post(f"{page}{row.pk}/remove/")
    assert not FromUs.objects.exists()
