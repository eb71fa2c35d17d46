"""Whose turn it is: opening the approvals that come next, and what the record says of each."""

from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import mails, workflow
from ats.approvals.domain import links
from ats.approvals.models import (
    Approval,
    ApprovalQuerySet,
    ApprovalRequest,
    ApprovalRequestState,
    ApprovalState,
)
from ats.organisation.domain import working_time

WHOLE = (
    "approver",
    "delegated_by",
    "request__requested_by",
    "request__chain",
    "request__organisation__calendar",
)
HOURS = 16
"""Working hours for an answer where no chain says otherwise."""


def open_turn(request: ApprovalRequest, *, by: User | None, now: datetime) -> ApprovalRequestState:
    """Ask those whose turn it is and who have not been asked; the state that the answers so far amount to."""
    rows = list(request.approvals.select_related("approver").order_by("position", "pk"))
    now_stands = workflow.standing(rows)
    for approval in rows:
        if approval.position == now_stands.turn and approval.state == ApprovalState.LATER:
            approval.request = request
            open_(approval, by=by, now=now)
    return now_stands.state


def open_(approval: Approval, *, by: User | None, now: datetime, record_it: bool = True) -> None:
    """Ask this person now: date, link, mail."""
    approval.state, approval.asked_at = ApprovalState.OPEN, now
    approval.due_at = approval.remind_at = due_at(approval.request, now)
    approval.token_hash = links.hash_of(links.token_of(approval))
    approval.save(update_fields=["state", "asked_at", "due_at", "remind_at", "token_hash"])
    if record_it:
        record("approval.asked", subject=approval, by=by, now=now, data=told(approval))
    mails.asked(approval, now=now)


def due_at(request: ApprovalRequest, now: datetime) -> datetime:
    hours = request.chain.hours if request.chain else HOURS
    return working_time.after_hours(request.organisation.calendar, now, hours)


def beside(approval: Approval) -> ApprovalQuerySet:
    """All who are or were asked in the same capacity at the same position, this one too."""
    return Approval.objects.filter(
        request=approval.request_id, position=approval.position, label=approval.label
    )


def matter(request: ApprovalRequest) -> dict[str, Any]:
    """What activities say of the matter: those who listen to them look at `kind`."""
    return {
        "kind": request.kind,
        "subject_id": request.subject_id,
        "subject_version": request.subject_version,
        "request_id": request.pk,
        "title": request.title,
        "reason": "",
    }


def told(approval: Approval) -> dict[str, Any]:
    """What activities say of one person's approval."""
    return matter(approval.request) | {
        "label": approval.label,
        "approver": str(approval.approver),
        "approver_id": approval.approver_id,
    }
