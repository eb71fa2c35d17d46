"""Messages on the page of an application: written, looked at, put off, sent once more."""

from typing import Any

import pytest

from ats.accounts.models import Role
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.messages import actions as conversation
from candidates.models import Application, Message
from tests import factories as f
from tests.candidates.applications.pages import HTMX, page, post
from tests.candidates.helpers import mails
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_message_is_seen_as_it_leaves_and_then_sent(desk: Any, application: Application) -> None:
    words = {"write-subject": "Hello", "write-body": "Dear {{ candidate.first_name }}, a question."}
    seen = post(desk, application, "messages", preview="1", headers=HTMX, **words).content.decode()
    assert "Dear Ada, a question." in seen
    assert "(the link to their page)" in seen
    assert Message.objects.count() == 0

    assert post(desk, application, "messages", **words).status_code == 302
    assert Message.objects.get().body == "Dear Ada, a question."
    assert mails("conversation.message")[0].state == "queued"


def test_a_mistake_in_a_message_keeps_what_was_written(desk: Any, application: Application) -> None:
    answer = post(
        desk, application, "messages", **{"write-subject": "Hello", "write-body": "Dear {{ nobody }}"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no {{ nobody }} in this kind of message." in html
    assert "Dear {{ nobody }}" in html


DIALOG = HTMX | {"HTTP_HX_TARGET": "dialog"}
GAP = {
    "template": "conversation.update",
    "write-subject": "How it stands",
    "write-body": "Dear Ada,\n\nthis is what happens next:\n\n-\n\nRosa",
}


def test_what_is_written_in_a_dialogue_stays_in_it(desk: Any, application: Application) -> None:
    """A page within the dialogue is what one got where only the dialogue was meant."""
    for way in ("write", "reject", "hire"):
        opened = desk.get(f"/applications/{application.pk}/{way}/", **DIALOG).content.decode()
        assert "<html" not in opened
        assert "<form" in opened

    refused = post(desk, application, "messages", headers=DIALOG, **GAP)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "<html" not in html
    assert "Something is still to be filled in" in html
    assert "it is no answer" in html
    assert '<option value="conversation.update" selected>' in html


def test_a_gap_is_said_before_it_is_sent(desk: Any, application: Application) -> None:
    seen = post(desk, application, "messages", preview="1", headers=HTMX, **GAP).content.decode()
    assert "Something is still to be filled in: “this is what happens next: -”." in seen


def test_the_template_that_a_message_began_with_stays_chosen(desk: Any, application: Application) -> None:
    html = post(desk, application, "messages", **GAP).content.decode()
    assert '<option value="conversation.update" selected>' in html


@pytest.mark.ordinary_day
def test_a_message_for_later_can_be_taken_back(desk: Any, application: Application) -> None:
    words = {"write-subject": "Hello", "write-body": "Later.", "write-send_at": "2026-11-25T09:00"}
    post(desk, application, "messages", **words)
    message = Message.objects.get()
    assert "Take it back" in page(desk, application)

    post(desk, application, f"messages/{message.pk}/take-back")
    assert OutgoingMail.objects.get(role="conversation.message").state == "cancelled"
    past = post(desk, application, "messages", **words | {"write-send_at": "2026-11-01T09:00"})
    assert "Give a time that lies ahead." in past.content.decode()


def test_a_message_that_needs_no_answer_is_settled(desk: Any, application: Application) -> None:
    message = conversation.receive(
        candidate=application.candidate, application=application, body="Thank you.", now=NOW
    )
    assert "Needs no answer" in page(desk, application)
    post(desk, application, f"messages/{message.pk}/answered")
    message.refresh_from_db()
    assert message.answered_at is not None


def test_a_message_without_an_address_leaves_once_there_is_one(desk: Any, application: Application) -> None:
    candidate = application.candidate
    candidate.email, candidate.email_key = "", None
    candidate.save(update_fields=["email", "email_key"])
    conversation.send(
        application_id=application.pk,
        subject="Hello",
        body="Hello",
        by=application.requisition.recruiter,
        now=NOW,
    )
    mail = mails("conversation.message")[0]
    assert mail.state == "withheld"
    assert "Send it again" in page(desk, application)
    assert post(desk, application, f"mails/{mail.pk}/again", headers=HTMX).status_code == 409

    candidate.email, candidate.email_key = "ada@example.com", "ada@example.com"
    candidate.save(update_fields=["email", "email_key"])
    post(desk, application, f"mails/{mail.pk}/again")
    mail.refresh_from_db()
    assert (mail.state, mail.to) == ("queued", "ada@example.com")


@pytest.mark.parametrize(("arrived", "state", "told"), [("yes", "sent", True), ("no", "failed", False)])
def test_who_finds_out_whether_a_decision_arrived_says_so(
    desk: Any, application: Application, arrived: str, state: str, told: bool
) -> None:
    actions.reject(
        application_id=application.pk, reason=f.make_reason().code, message=("No", "No."), now=NOW,
        by=application.requisition.recruiter,
    )  # fmt: skip
    mail = mails("application.rejected")[0]
    OutgoingMail.objects.filter(pk=mail.pk).update(state="unknown", begun_at=NOW)
    assert "Did it arrive?" in page(desk, application)

    post(desk, application, f"mails/{mail.pk}/fate", arrived=arrived)

    mail.refresh_from_db()
    application.refresh_from_db()
    assert (mail.state, application.told_at is not None) == (state, told)


def test_a_message_of_another_application_is_not_touched(desk: Any, application: Application) -> None:
    other = f.make_application()
    conversation.send(application_id=other.pk, subject="x", body="x", by=f.make_user(Role.LEAD), now=NOW)
    mail = mails("conversation.message")[0]
    for what in ("again", "fate"):
        assert post(desk, application, f"mails/{mail.pk}/{what}").status_code == 404
