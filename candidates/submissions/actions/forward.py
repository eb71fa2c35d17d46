"""Putting somebody forward: their yes is there, the client's people may know, and they count as ours from now on."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.guards import name_of
from ats.kernel.moments import months_after
from candidates.applications.models import Application
from candidates.compose import words
from candidates.internal.queries import recruiter_of
from candidates.submissions import queries, workflow
from candidates.submissions.actions import hold
from candidates.submissions.models import Ownership, Submission, SubmissionState, Way


def put(
    row: Submission,
    application: Application,
    *,
    way: Way,
    by: CanAct | None,
    now: datetime,
    **said: Any,
) -> None:
    """In the transaction of who holds the application; `said`: what else there is of their yes."""
    workflow.check(row.state, SubmissionState.FORWARD)
    row.state, row.way = SubmissionState.FORWARD, way
    row.answered_at = row.forward_at = now
    row.forward_by = by if isinstance(by, User) else None
    for name, value in said.items():
        setattr(row, name, value)
    row.ownership, is_new = _own(application, now=now)
    row.save()
    hold.let_go(application, now=now)
    data = {"client": str(row.organisation), "how": way.label}
    if way != Way.APPLIED:  # that they applied is on record already
        record("submission.forward", subject=row, by=by, now=now, data=data)
    if is_new and row.ownership is not None:
        until = words.dated(row.ownership.ends_at, application.calendar.zone)
        data = {"client": str(row.organisation), "until": until, "owner": str(row.ownership.owner)}
        record("submission.owned", subject=row, by=None, now=now, data=data)


def refuse(row: Submission, *, way: Way, by: CanAct, now: datetime, **said: Any) -> None:
    """They said no: in the transaction of who holds the application; `said`: how, and to which text."""
    workflow.check(row.state, SubmissionState.NO)
    row.state, row.way, row.answered_at = SubmissionState.NO, way, now
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    data = {"client": str(row.organisation), "how": way.label}
    record("submission.no", subject=row, by=by, now=now, data=data)


def _own(application: Application, *, now: datetime) -> tuple[Ownership | None, bool]:
    """How they count as ours: as they do already, or from now on; whether it begins now."""
    client = application.requisition.organisation
    found = queries.owned(application.candidate_id, client.pk, now=now)
    if found is not None or not client.owned_months:
        return found, False
    try:
        with transaction.atomic():
            owner = recruiter_of(application)
            ends_at = months_after(now, client.owned_months)
            made = Ownership.objects.create(
                candidate_id=application.candidate_id,
                organisation=client,
                owner=owner,
                starts_at=now,
                ends_at=ends_at,
            )
            return made, True
    except IntegrityError as error:  # somebody was faster by a moment: it is theirs
        if name_of(error) != "ownership_once_at_a_time":
            raise
    rows = Ownership.objects.filter(candidate=application.candidate_id, organisation=client, ends_at__gt=now)
    return rows.select_related("owner").order_by("starts_at").first(), False
