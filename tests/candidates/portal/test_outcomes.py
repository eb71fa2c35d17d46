"""When a decision shows on the candidate's page: once they have been told, and not before."""

import pytest
from django.utils import timezone

from ats.mail.models import OutgoingMail
from candidates.applications.actions import hire, move, reject, undo_decision
from candidates.models import Application, DispositionReason, Message
from tests.candidates.portal.helpers import applied, open_for, text
from tests.factories import (
    stage,
)

pytestmark = pytest.mark.django_db


def test_a_decision_shows_when_it_has_been_told_and_not_before(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    before = text(client.get(path))
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("Our decision", "Hello {{ candidate.first_name }}, it is a no."),
    )
    assert text(client.get(path)) == before

    mail = OutgoingMail.objects.get(role="application.rejected")
    told(mail)
    after = text(client.get(path))
    application.refresh_from_db()
    assert "We decided not to go on with your application." in after
    assert application.reason.candidate_text in after
    assert "Hello Robin, it is a no." in after
    assert "Withdraw this application" not in after


def reason_code() -> str:
    return DispositionReason.objects.filter(kind="chose_otherwise", is_active=True).order_by("id")[0].code


def told(mail: OutgoingMail) -> None:
    """The message has been handed over: what its delivery does, without a server."""
    now = timezone.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=now)
    Application.objects.filter(pk=mail.application_id).update(told_at=now)


def test_a_hire_shows_when_it_has_been_told_and_not_before(client) -> None:
    application = applied()
    path, requisition = open_for(application.candidate), application.requisition
    move(
        application_id=application.pk,
        stage_id=stage(requisition, "interview").pk,
        by=requisition.recruiter,
        now=timezone.now(),
    )
    before = text(client.get(path))
    assert "Interview You are here" in before
    hire(application_id=application.pk, by=requisition.recruiter, now=timezone.now())
    assert text(client.get(path)) == before
    told(OutgoingMail.objects.get(role="application.hired"))
    assert "You are hired as Data engineer" in text(client.get(path))


def test_a_decision_that_was_taken_back_in_time_was_never_seen(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    before = text(client.get(path))
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("No", "No."),
    )
    undo_decision(application_id=application.pk, by=recruiter, now=timezone.now())
    assert text(client.get(path)) == before


def test_withdrawing_before_the_decision_was_told_tells_nothing_of_it(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("No", "No."),
    )
    answer = client.post(f"{path}withdraw/{application.pk}/", {"reason": "Found another."}, follow=True)
    assert "You have withdrawn." in text(answer)
    assert "not to go on" not in text(answer)
    assert Message.objects.get().body == "I withdraw my application. Found another."
