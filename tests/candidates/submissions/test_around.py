"""What other rooms do with somebody who is, or is not, put forward: interviews, feedback, a copy, erasure."""

import pytest

from ats.accounts.models import Role, User
from ats.kernel.errors import ActionError, WrongState
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.erasure.actions.erase import erase_rows
from candidates.feedback import actions as feedback
from candidates.models import Application, Candidate, Erasure, Interview, Ownership, Promise, Submission
from candidates.scheduling.actions import book
from requisitions.models import Criterion, Requisition
from tests import factories as make
from tests.candidates.helpers import days, whole
from tests.candidates.submissions.parts import put_forward, row_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_recruiter_meets_them_before_and_nobody_of_the_client_does(
    application: Application, role: Requisition, manager: User
) -> None:
    ours = make.make_planned(role, interviewers=(role.recruiter,))
    theirs = make.make_planned(role, interviewers=(make.make_user(Role.INTERVIEWER),))
    by, at = role.recruiter, days(1)
    with pytest.raises(ActionError):
        book(application_id=application.pk, planned_id=theirs.pk, starts_at=at, by=by, now=NOW)
    assert not Interview.objects.exists()
    book(application_id=application.pk, planned_id=ours.pk, starts_at=at, by=by, now=NOW)
    put_forward(application)
    book(application_id=application.pk, planned_id=theirs.pk, starts_at=days(2), by=by, now=NOW)
    assert Interview.objects.count() == 2


def test_nothing_is_written_to_the_client_before_the_yes(
    application: Application, role: Requisition, manager: User
) -> None:
    stage = make.stage(role, "review")
    applications.move(application_id=application.pk, stage_id=stage.pk, by=role.recruiter, now=NOW)
    assert not OutgoingMail.objects.filter(to=manager.email).exists()
    assert Promise.objects.open().get(application=application).owner == role.recruiter


def test_what_the_client_said_is_passed_on_of_whom_they_saw_alone(
    application: Application, role: Requisition
) -> None:
    sql = Criterion.objects.create(requisition=role, name="SQL", why="Needed.")
    said = {"criterion_id": sql.pk, "words": "Wrote a good plan.", "said_by": "Mara Manager"}
    given = said | {"application_id": application.pk, "said_on": NOW.date(), "by": role.recruiter, "now": NOW}
    with pytest.raises(WrongState, match="not put forward"):
        feedback.note_client(**given)
    put_forward(application)
    assert feedback.note_client(**given).words == "Wrote a good plan."


def test_erased_the_fact_stays_and_the_words_go(
    application: Application, role: Requisition, person: Candidate, settings, tmp_path
) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    put_forward(application)
    Submission.objects.update(words="My secret reason")
    found = whole(application)
    applications.withdraw(application=found, by=found.candidate, reason_text="", now=NOW)
    erasure = Erasure(candidate=person, why="asked", asked_at=NOW, due_at=NOW)
    erase_rows([erasure], {person.pk: Candidate.objects.get(pk=person.pk)}, now=days(3))
    row = row_of(application)
    assert (row.state, row.words, row.text, row.forward_at) == ("forward", "", "", NOW)
    owned = Ownership.objects.get()
    assert (owned.starts_at, owned.ends_at) == (NOW, days(3))
