"""A promise is kept when its candidate has been told: accepted by the mail server, or said in person."""

from typing import Any

import pytest

from ats.activity.models import Activity
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.board.queries.figures import response_record
from candidates.messages import actions as conversation
from candidates.models import Application, Promise
from candidates.promises import deadlines
from tests.candidates.helpers import days, hours, mails, open_one, run_lane, story
from tests.factories import make_application, make_reason
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db

NO = ("Your application", "Thank you. We will not go on.")


def reject(application: Application, now: float = 1, **facts: Any) -> Application:
    given = {"reason": make_reason().code, "message": NO} | facts
    return actions.reject(
        application_id=application.pk, by=application.requisition.recruiter, now=hours(now), **given
    )


def write(application: Application, now: float, body: str = "We go on with you.") -> None:
    conversation.send(
        application_id=application.pk,
        subject="News",
        body=body,
        by=application.requisition.recruiter,
        now=hours(now),
    )


def came_back(mail: OutgoingMail, now: float) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(state="bounced")
    mail.refresh_from_db()
    delivery.tell(mail, hours(now))


def record_of(application: Application, now: float) -> tuple[int, int]:
    record = response_record(application.requisition.organisation, hours(now))
    return record.kept, record.total


@pytest.mark.ordinary_day
def test_a_letter_that_leaves_too_late_has_kept_nothing(smtp: Catcher) -> None:
    application = make_application()
    reject(application)
    assert record_of(application, 2) == (0, 0)
    run_lane("mail", days(10))
    assert story(application) == [("First answer", "broken")]
    assert record_of(application, 241) == (0, 1)


def test_while_its_letter_waits_nobody_is_told_that_it_takes_longer(smtp: Catcher) -> None:
    application = make_application()
    reject(application, send_at=days(6))
    assert deadlines.break_run_out(days(5)) + deadlines.break_untold(days(5)) == 0
    assert story(application) == [("First answer", "telling")]


@pytest.mark.ordinary_day
def test_a_silent_decision_goes_on_being_owed() -> None:
    application = make_application()
    reject(application, message=None)
    assert deadlines.break_untold(days(5)) == 1
    assert story(application) == [("First answer", "broken"), ("First answer", "telling")]
    assert not application.follow_ups.filter(step="holding_note").exists()
    assert record_of(application, 121) == (0, 1)


@pytest.mark.ordinary_day
def test_a_bounce_takes_the_word_back_and_opens_another_way(smtp: Catcher) -> None:
    application = make_application()
    reject(application)
    run_lane("mail", hours(2))
    assert (story(application), record_of(application, 3)) == ([("First answer", "kept")], (1, 1))

    came_back(mails("application.rejected")[0], 3)

    assert story(application) == [("First answer", "released"), ("Reaching you another way", "telling")]
    owed = Promise.objects.get(state="telling")
    assert (owed.kind, owed.owner, owed.due_at > hours(3)) == (
        "reach",
        application.requisition.recruiter,
        True,
    )
    assert record_of(application, 3) == (0, 0)
    assert [row.verb for row in Activity.objects.filter(verb__contains="not_told")] == [
        "application.not_told"
    ]

    conversation.note_told(
        application_id=application.pk,
        channel="call",
        body="Told her on the phone",
        by=application.requisition.recruiter,
        now=hours(4),
    )
    application.refresh_from_db()
    assert application.told_at == hours(4)
    assert story(application)[-1] == ("Reaching you another way", "kept")


@pytest.mark.ordinary_day
def test_who_was_told_in_person_stays_told_when_the_letter_comes_back(smtp: Catcher) -> None:
    application = make_application()
    reject(application)
    run_lane("mail", hours(2))
    conversation.note_told(
        application_id=application.pk,
        channel="call",
        body="Called as well",
        by=application.requisition.recruiter,
        now=hours(2.5),
    )
    came_back(mails("application.rejected")[0], 3)
    application.refresh_from_db()
    assert application.told_at is not None
    assert story(application) == [("First answer", "kept")]


@pytest.mark.ordinary_day
def test_an_answer_that_did_not_arrive_is_owed_again_with_the_row_behind_it(smtp: Catcher) -> None:
    application = make_application()
    deadlines.break_run_out(days(5))
    conversation.receive(
        candidate=application.candidate, application=application, body="Hello?", now=hours(121)
    )
    write(application, 122)
    assert (open_one(application).broken_before, application.messages.unanswered().count()) == (0, 0)
    run_lane("mail", hours(122))

    came_back(mails("conversation.message")[0], 123)

    owed = open_one(application)
    assert (owed.kind, owed.broken_before) == ("reach", 1)
    assert application.messages.unanswered().count() == 1
    write(application, 124, body="The same by another address.")
    assert open_one(application).kind != "reach"
    assert open_one(application).broken_before == 0


@pytest.mark.ordinary_day
def test_a_message_that_leaves_after_the_date_has_not_kept_it(smtp: Catcher) -> None:
    application = make_application()
    write(application, 1)
    assert story(application)[0] == ("First answer", "kept")
    run_lane("mail", days(9))
    assert story(application)[0] == ("First answer", "broken")


def test_a_message_taken_back_before_it_left_has_kept_nothing() -> None:
    application = make_application()
    write(application, 1)
    (message,) = application.messages.all()
    conversation.cancel_scheduled(
        message_id=message.pk, by=application.requisition.recruiter, now=hours(1.01)
    )
    assert story(application)[0] == ("First answer", "released")
    assert open_one(application).kind == "reach"


def test_undone_before_they_knew_the_promise_was_never_kept() -> None:
    application = make_application()
    due = open_one(application).due_at
    reject(application)
    actions.undo_decision(application_id=application.pk, by=application.requisition.recruiter, now=hours(1.1))
    assert (story(application), open_one(application).due_at) == ([("First answer", "open")], due)
