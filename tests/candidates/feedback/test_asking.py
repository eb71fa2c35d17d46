"""A candidate asks for feedback once, is told by when they hear, and somebody answers or the lead hears of it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ats.activity.models import Activity
from ats.home import queries as reads
from ats.kernel.errors import Invalid, Missing, WrongState
from candidates.applications.actions import undo_decision
from candidates.feedback import actions, queries
from candidates.feedback.models import FeedbackRules
from candidates.models import Application, FeedbackRequest, Message
from tests import factories as make
from tests.candidates.feedback.helpers import WORDS, give, interviewed
from tests.candidates.helpers import at_once, days, hours, mails, run_lane
from tests.candidates.portal.helpers import open_for, text
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]

WHY = "Hello Robin,\n\nThe role was stopped before anybody looked closely.\n\nKim Sample"


def ask(application: Application, now: datetime | None = None, **facts: Any) -> FeedbackRequest:
    given = {"candidate": application.candidate, "now": now or hours(30)} | facts
    return actions.ask(application=application, **given)


def decline(application: Application, body: str = WHY, **facts: Any) -> FeedbackRequest:
    given = {"by": application.requisition.recruiter, "now": hours(40), "subject": "Your question"} | facts
    return actions.decline(application_id=application.pk, body=body, **given)


def test_an_answer_is_owed_by_the_day_that_they_are_told() -> None:
    application = interviewed()
    FeedbackRules.objects.create(organisation=application.requisition.organisation, answer_days=3)
    row = ask(application)
    assert (row.state, row.asked_at, row.due_at.date()) == ("open", hours(30), days(6).date())
    assert [mail.to for mail in mails("feedback.asked")] == [application.requisition.recruiter.email]
    assert ask(application, now=days(3)).pk == row.pk
    assert FeedbackRequest.objects.get().due_at == row.due_at, "a second click asks nothing more"
    assert Activity.objects.filter(verb="feedback.asked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_question() -> None:
    application = interviewed()
    done = at_once(*(lambda: ask(application) for _ in range(2)))
    assert [type(each) for each in done] == [FeedbackRequest, FeedbackRequest]
    assert (FeedbackRequest.objects.count(), len(mails("feedback.asked"))) == (1, 1)


def test_it_is_asked_of_a_decision_that_is_known_and_by_whom_it_is_about() -> None:
    for application in (
        interviewed(told=False),
        make.make_application(),
        make.make_application(state="hired"),
    ):
        with pytest.raises(WrongState, match="Nothing is decided"):
            ask(application)
    with pytest.raises(Missing):
        ask(interviewed(candidate=make.make_candidate()), candidate=make.make_candidate())
    told = interviewed(candidate=make.make_candidate())
    give(told)
    with pytest.raises(WrongState, match="given already"):
        ask(told)


def test_giving_it_settles_the_question() -> None:
    application = interviewed()
    row = ask(application)
    give(application, now=hours(31))
    row.refresh_from_db()
    assert (row.state, row.settled_at, row.settled_by) == (
        "given",
        hours(31),
        application.requisition.recruiter,
    )


def test_declining_tells_them_why_and_settles_it() -> None:
    application = interviewed()
    with pytest.raises(WrongState, match="have not asked"):
        decline(application)
    ask(application)
    for body, says in (
        ("Ada Byron said no.", "answer for it alone"), (" ", "Write the message"), ("x" * 100_000, "20000"),
        ("Hello Robin,\n\nthis is why:\n\n[why]\n\nKim Sample", "still to be filled in"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=says):
            decline(application, body)
    row = decline(application)
    assert (row.state, row.answer) == ("declined", Message.objects.get())
    assert queries.of_mine([application.pk], now=hours(41))[application.pk].reason == WHY
    with pytest.raises(WrongState, match="answered this already"):
        decline(application)
    give(application, now=hours(50))
    row.refresh_from_db()
    assert row.state == "given", "it can still be given"


def test_past_its_day_the_lead_hears_of_it_once() -> None:
    application = interviewed()
    lead = make.make_user("lead")
    row = ask(application)
    run_lane("feedback-requests", row.due_at - (hours(1) - hours(0)))
    assert mails("feedback.late") == []
    for after in (1, 30):
        run_lane("feedback-requests", row.due_at + (hours(after) - hours(0)))
    assert [mail.to for mail in mails("feedback.late")] == [lead.email]
    assert Activity.objects.filter(verb="feedback.late").count() == 1


def test_an_answered_question_goes_to_no_lead() -> None:
    application = interviewed()
    make.make_user("lead")
    row = ask(application)
    decline(application)
    run_lane("feedback-requests", row.due_at + (hours(1) - hours(0)))
    assert mails("feedback.late") == []


def test_it_stands_on_the_day_of_the_recruiter_and_once_late_on_the_leads(client: Client) -> None:
    application = interviewed()
    row = ask(application)
    link = reverse("feedback", args=[application.pk])
    other, lead = make.make_user("recruiter"), make.make_user("lead")
    for person, seen in ((application.requisition.recruiter, True), (other, False)):
        client.force_login(person)
        assert (link in client.get("/").content.decode()) is seen, person
    assert reads.feedback(lead, [], row.due_at) == []
    assert reads.feedback(lead, [], row.due_at + (hours(1) - hours(0))) == [row], "in whichever role"
    assert reads.feedback(other, [], row.due_at + (hours(1) - hours(0))) == []


def test_a_decision_that_is_taken_back_takes_the_question_along_and_the_next_may_be_asked_about() -> None:
    application = interviewed()
    row = ask(application)
    undo_decision(application_id=application.pk, by=application.requisition.recruiter, now=hours(31))
    row.refresh_from_db()
    assert row.state == "void"
    reason, recruiter = make.make_reason(), application.requisition.recruiter
    application.promises.all().update(state="released", settled_at=hours(40))
    Application.objects.filter(pk=application.pk).update(
        state="rejected", decided_at=hours(40), decided_by=recruiter, told_at=hours(40), reason=reason
    )
    assert ask(Application.objects.whole().get(pk=application.pk), now=hours(41)).state == "open"


# --- On their own page


def test_they_ask_on_their_page_and_read_there_what_they_are_told(client: Client) -> None:
    application = interviewed()
    page = open_for(application.candidate)
    assert "May I have feedback?" in text(client.get(page))
    asked = client.post(f"{page}feedback/{application.pk}/", follow=True)
    assert "Your question has arrived." in text(asked)
    assert "You asked for feedback. You hear from us by" in text(asked)
    assert "May I have feedback?" not in text(asked)
    FeedbackRequest.objects.update(due_at=hours(-100))
    assert "did not keep it" in text(client.get(page))
    give(application)
    Message.objects.update(said_at=NOW)
    said = text(client.get(page))
    assert said.count("You read the plan of a slow query") == 2, "under the decision and in the conversation"
    assert "You asked for feedback. You hear" not in said


def test_a_reason_is_read_there_too(client: Client) -> None:
    application = interviewed()
    ask(application)
    decline(application)
    assert "stopped before anybody looked closely" in text(client.get(open_for(application.candidate)))


def test_anothers_link_and_anothers_application_bring_nothing(client: Client) -> None:
    application, other = interviewed(), interviewed(candidate=make.make_candidate())
    page = open_for(application.candidate)
    assert client.post(f"{page}feedback/{other.pk}/").status_code == 404
    assert client.post(f"/status/nobody/feedback/{application.pk}/").status_code == 404
    assert not FeedbackRequest.objects.exists()


def test_before_they_know_the_decision_their_page_says_nothing_of_feedback(client: Client) -> None:
    application = interviewed(told=False)
    said = text(client.get(open_for(application.candidate)))
    assert "feedback" not in said.lower()


def test_feedback_in_arabic_stands_in_the_right_direction(client: Client) -> None:
    application = interviewed(candidate=make.make_candidate(language="ar"))
    said = client.get(open_for(application.candidate)).content.decode()
    assert "هل لي بملاحظاتكم؟" in said
    give(application)
    assert WORDS.splitlines()[-1] in client.get(open_for(application.candidate)).content.decode()
