"""Approvals that are due: a reminder, one more, and then a word to who oversees."""

from datetime import datetime

from ats.activity.record import record
from ats.approvals import actions, mails
from ats.approvals.actions import ask_turn
from ats.approvals.models import Approval, ApprovalRequest
from ats.approvals.queries import people
from ats.duework import engine
from ats.kernel.access import lock

REMINDERS = 2


@engine.lane("approvals")
def remind(now: datetime) -> int:
    """Who has not answered when it was due is reminded, and once more as long after that."""
    ready = Approval.objects.to_remind(now).select_related(*ask_turn.WHOLE).order_by("remind_at", "pk")
    return engine.under_lock(ready, _remind, now=now)


def _remind(approval: Approval, now: datetime) -> None:
    request = approval.request
    approval.reminders += 1
    approval.reminded_at, approval.remind_at = now, None
    if approval.reminders < REMINDERS:
        approval.remind_at = ask_turn.due_at(request, now)
    approval.save(update_fields=["reminders", "reminded_at", "remind_at"])
    mails.reminder(approval, by=None, now=now)
    record("approval.reminded", subject=approval, by=None, now=now, data=ask_turn.told(approval))
    if approval.reminders == REMINDERS:
        _tell_who_oversees(approval, now)


def _tell_who_oversees(approval: Approval, now: datetime) -> None:
    overseers = people.House().overseers(but_not={approval.approver_id})
    if overseers:
        mails.overdue(approval, overseers, now=now)
        names = ", ".join(str(user) for user in overseers)
        data = ask_turn.told(approval) | {"overseers": names}
        record("approval.escalated", subject=approval, by=None, now=now, data=data)


@engine.lane("approvals-left")
def hand_on(now: datetime) -> int:
    """Somebody who was asked while they were leaving: the tick finds what the listener could not see."""
    ready = Approval.objects.left_behind(now).order_by("pk")
    return engine.under_lock(ready, _hand_on, now=now, first=_lock_request)


def _lock_request(approval_id: int) -> None:
    for pk in ApprovalRequest.objects.filter(approvals=approval_id).values_list("pk", flat=True):
        lock(ApprovalRequest, pk)


def _hand_on(approval: Approval, now: datetime) -> None:
    actions.hand_on(request_id=approval.request_id, by=None, now=now)
