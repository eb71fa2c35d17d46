"""Reminding somebody whose turn it is."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import mails
from ats.approvals.actions import ask_turn
from ats.approvals.models import (
    Approval,
    ApprovalState,
)
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, WrongState

REMIND_AGAIN = timedelta(hours=1)
"""So long somebody is left in peace after a reminder."""


def remind(*, approval_id: int, by: User, now: datetime) -> Approval:
    """The one who asked, or who oversees, reminds somebody whose turn it is."""
    with transaction.atomic():
        rows = Approval.objects.select_related(*ask_turn.WHOLE)
        approval = get_for(rows, approval_id, user=by, permission="ats.remind_approval", for_update=True)
        if approval.state != ApprovalState.OPEN:
            raise WrongState(f"{approval.approver} does not have to answer now.")
        if approval.reminded_at is not None and now - approval.reminded_at < REMIND_AGAIN:
            raise Conflict(f"{approval.approver} was reminded less than an hour ago.")
        approval.reminded_at = now
        approval.save(update_fields=["reminded_at"])
        mails.reminder(approval, by=by, now=now)
        record("approval.reminded", subject=approval, by=by, now=now, data=ask_turn.told(approval))
    return approval
