"""The candidate says yes or no on their own page, or takes a yes back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.activity.record import record
from ats.kernel.errors import Conflict, Missing, WrongState
from candidates.applications.actions import fetch, withdraw
from candidates.applications.models import Application, ApplicationState
from candidates.people.models import Candidate
from candidates.submissions import mails, queries
from candidates.submissions.actions import forward
from candidates.submissions.models import Submission, SubmissionState, Way
from candidates.submissions.queries.texts import text_for

OVER = gettext_lazy("This application is over: there is nothing to answer any more.")
CHANGED = gettext_lazy("The text has changed since you opened this page. Please read it once more.")
SAID_YES = gettext_lazy("You have said yes already. You can take it back below.")


def _mine(application: Application, candidate: Candidate) -> tuple[Application, Submission]:
    """Locked, and what there is of it; `Missing` where it is somebody else's, or nobody has asked."""
    if application.candidate_id != candidate.pk:
        raise Missing("No such application.")
    application = fetch.relocked(application)
    row = queries.of_application(application)
    if row is None or row.state == SubmissionState.WAITING:
        raise Missing("Nobody has asked.")
    return application, row


@transaction.atomic
def answer(
    *, application: Application, candidate: Candidate, is_yes: bool, version: str, now: datetime
) -> Submission:
    """Yes or no, to the very text they read; the same answer once more changes nothing."""
    application, row = _mine(application, candidate)
    if row.state == (SubmissionState.FORWARD if is_yes else SubmissionState.NO):
        return row
    if queries.is_over_for_them(application):
        raise WrongState(OVER)
    if row.state == SubmissionState.FORWARD:
        raise WrongState(SAID_YES)
    text = text_for(application)
    if version != text["version"]:
        raise Conflict(CHANGED)
    if is_yes:
        data = {"client": str(row.organisation)}
        record("submission.yes", subject=row, by=candidate, now=now, data=data)
        forward.put(row, application, way=Way.PAGE, by=None, now=now, words="", **text)
    else:
        forward.refuse(row, way=Way.PAGE, by=candidate, now=now, **text)
    mails.tell_recruiter(mails.YES if is_yes else mails.NO, application, now=now)
    return row


@transaction.atomic
def take_back(*, application: Application, candidate: Candidate, now: datetime) -> Submission:
    """Until they know a decision: the application ends with it, and whoever serves them is told.

    Where we have decided and not told them yet, that stays as it is, and shows by nothing here.
    """
    application, row = _mine(application, candidate)
    if row.state == SubmissionState.BACK:
        return row
    if row.state != SubmissionState.FORWARD or queries.is_over_for_them(application):
        raise WrongState(OVER)
    row.state, row.back_at = SubmissionState.BACK, now
    row.save(update_fields=["state", "back_at"])
    record("submission.back", subject=row, by=candidate, now=now, data={"client": str(row.organisation)})
    if application.state == ApplicationState.ACTIVE:
        withdraw(application=application, by=candidate, reason_text="", now=now)
    mails.tell_recruiter(mails.BACK, application, now=now)
    return row
