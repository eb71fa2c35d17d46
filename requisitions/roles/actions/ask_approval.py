"""Asking whoever has to approve that a role opens, and taking the question back."""

from datetime import datetime

from django.urls import reverse

from ats.accounts.models import User
from ats.approvals import actions as approvals
from ats.approvals import queries
from ats.approvals.models import ApprovalRequest
from requisitions.roles.models import Requisition
from requisitions.roles.queries.approval import KIND, facts_of, holds, says_the_same, version


def ask(requisition: Requisition, *, by: User, now: datetime) -> ApprovalRequest:
    """Ask whoever has to approve this draft as it is; its row is locked."""
    return approvals.ask(
        kind=KIND,
        subject_id=requisition.pk,
        subject_version=version(requisition),
        title=f"{requisition.title} ({requisition.reference})",
        facts=facts_of(requisition),
        link=reverse("requisition", args=[requisition.pk]),
        organisation=requisition.organisation,
        parts={"hiring_manager": requisition.hiring_manager, "recruiter": requisition.recruiter},
        holds=holds(requisition),
        about=requisition.about(),
        by=by,
        now=now,
    )


def take_back_if_changed(requisition: Requisition, *, by: User, now: datetime) -> None:
    """Approvers are not asked about a role that says something else by now."""
    waiting = queries.waiting_for(kind=KIND, subject_id=requisition.pk)
    if waiting is not None and not says_the_same(waiting, requisition):
        approvals.take_back(
            kind=KIND, subject_id=requisition.pk, by=by, now=now, reason="the role has changed"
        )
