"""An approval, or all of a request, is settled."""

from datetime import datetime

from ats.approvals import mails
from ats.approvals.models import Approval, ApprovalRequest, ApprovalRequestState, ApprovalState


def settle(approval: Approval, state: ApprovalState, *, now: datetime, note: str = "") -> None:
    approval.state, approval.settled_at, approval.note = state, now, note
    approval.save(update_fields=["state", "settled_at", "note"])


def release(approvals: list[Approval], *, now: datetime) -> None:
    """These need not answer any more."""
    if approvals:
        rows = Approval.objects.filter(pk__in=[approval.pk for approval in approvals])
        rows.update(state=ApprovalState.CANCELLED, settled_at=now, updated_at=now)
        mails.cancel(approvals, now=now)


def end(request: ApprovalRequest, state: ApprovalRequestState, *, now: datetime) -> None:
    release(list(request.approvals.unsettled()), now=now)
    request.state, request.settled_at = state, now
    request.save(update_fields=["state", "settled_at"])
