"""Asking, answering, and who sees whom."""

from datetime import datetime
from typing import Any

from ats.accounts.models import User
from candidates.applications import actions as applications
from candidates.models import Application, Candidate, Submission
from candidates.submissions import actions
from candidates.submissions.queries.texts import text_for
from requisitions.models import Requisition
from tests.candidates.helpers import whole
from tests.factories import NOW


def row_of(application: Application) -> Submission:
    return Submission.objects.get(application=application)


def sees(user: User, application: Application) -> bool:
    return Application.objects.visible_to(user).filter(pk=application.pk).exists()


def ask(application: Application, *, by: User | None = None, now: datetime = NOW) -> Submission:
    by = by or application.requisition.recruiter
    return actions.ask(application_id=application.pk, by=by, now=now)


def answer(application: Application, *, yes: bool = True, now: datetime = NOW, **given: Any) -> Submission:
    found = whole(application)
    version = given.pop("version", None) or text_for(found)["version"]
    candidate = given.pop("candidate", found.candidate)
    return actions.answer(application=found, candidate=candidate, is_yes=yes, version=version, now=now)


def put_forward(application: Application, *, now: datetime = NOW) -> Submission:
    ask(application, now=now)
    return answer(application, now=now)


def take_up(
    person: Candidate, role: Requisition, *, by: User | None = None, now: datetime = NOW
) -> Application:
    return applications.add_application(
        candidate_id=person.pk, requisition_id=role.pk, by=by or role.recruiter, now=now
    )
