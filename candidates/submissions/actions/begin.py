"""An application at a client begins: by its candidate, who said yes with it, or by a recruiter, who has to ask."""

from datetime import datetime

from ats.activity.record import CanAct
from candidates.applications.models import Application
from candidates.submissions.actions import forward, hold
from candidates.submissions.models import Submission, Way


def begin(application: Application, *, by: CanAct | None, applied: bool, now: datetime) -> None:
    """Before anybody hears of it, in the transaction of who made it."""
    organisation = application.requisition.organisation
    if not organisation.is_client:
        return
    row = Submission.objects.create(
        application=application, candidate_id=application.candidate_id, organisation=organisation
    )
    if applied:
        forward.put(row, application, way=Way.APPLIED, by=None, now=now)
    else:
        hold.hold(application)
