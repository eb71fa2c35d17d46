"""Approvals that are due: a reminder, one more, and then a word to who oversees."""

from datetime import datetime

from ats.approvals import actions
from ats.approvals.actions import ask_turn
from ats.approvals.actions.remind import remind_again
from ats.approvals.models import Approval, ApprovalRequest
from ats.duework import engine
from ats.duework.readiness import rows
from ats.kernel.access import lock


@engine.lane("approvals", due=rows(Approval.objects.to_remind))
def remind(now: datetime) -> int:
    """Who has not answered when it was due is reminded, and once more as long after that."""
    ready = Approval.objects.to_remind(now).select_related(*ask_turn.WHOLE).order_by("remind_at", "pk")
    return engine.under_lock(ready, remind_again, now=now)


@engine.lane("approvals-left", due=rows(Approval.objects.left_behind))
def hand_on(now: datetime) -> int:
    """Somebody who was asked while they were leaving: the tick finds what the listener could not see."""
    ready = Approval.objects.left_behind(now).order_by("pk")
    return engine.under_lock(ready, _hand_on, now=now, first=_lock_request)


def _lock_request(approval_id: int) -> None:
    for pk in ApprovalRequest.objects.filter(approvals=approval_id).values_list("pk", flat=True):
        lock(ApprovalRequest, pk)


def _hand_on(approval: Approval, now: datetime) -> None:
    actions.hand_on(request_id=approval.request_id, by=None, now=now)
