"""Reminding somebody whose turn it is."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import mails
from ats.approvals.actions import ask_turn
from ats.approvals.domain import kinds, links
from ats.approvals.models import Approval, ApprovalState
from ats.approvals.queries import people
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, WrongState
from ats.kernel.staff_words import gettext

REMINDERS = 2
REMIND_AGAIN = timedelta(hours=1)
"""So long somebody is left in peace after a reminder."""


def remind(*, approval_id: int, by: User, now: datetime) -> Approval:
    """The one who asked, or who oversees, reminds somebody whose turn it is."""
    with transaction.atomic():
        rows = Approval.objects.select_related(*ask_turn.WHOLE)
        approval = get_for(rows, approval_id, user=by, permission="ats.remind_approval", for_update=True)
        if approval.state != ApprovalState.OPEN:
            raise WrongState(
                gettext("%(approver)s does not have to answer now.") % {"approver": approval.approver}
            )
        if approval.reminded_at is not None and now - approval.reminded_at < REMIND_AGAIN:
            raise Conflict(
                gettext("%(approver)s was reminded less than an hour ago.") % {"approver": approval.approver}
            )
        approval.reminded_at = now
        approval.token_hash = links.hash_of(links.token_of(approval))
        approval.save(update_fields=["reminded_at", "token_hash"])
        mails.reminder(approval, by=by, now=now)
        record("approval.reminded", subject=approval, by=by, now=now, data=ask_turn.told(approval))
    return approval


def remind_again(approval: Approval, now: datetime) -> None:
    """It was due: a reminder, one more, and then a word to who oversees; the caller holds its row."""
    request = approval.request
    approval.reminders += 1
    approval.reminded_at, approval.remind_at = now, None
    if approval.reminders < REMINDERS:
        approval.remind_at = ask_turn.due_at(request, now)
    # The same link, or another where those sent before have ended.
    approval.token_hash = links.hash_of(links.token_of(approval))
    approval.save(update_fields=["reminders", "reminded_at", "remind_at", "token_hash"])
    mails.reminder(approval, by=None, now=now)
    record("approval.reminded", subject=approval, by=None, now=now, data=ask_turn.told(approval))
    if approval.reminders == REMINDERS:
        _tell_who_oversees(approval, now)


def _tell_who_oversees(approval: Approval, now: datetime) -> None:
    matter = kinds.known().get(approval.request.kind)
    kept_out = people.never(matter, approval.request.subject_id)
    overseers = people.House(approval.request.organisation_id).overseers(
        but_not={approval.approver_id, *kept_out}
    )
    if overseers:
        mails.overdue(approval, overseers, now=now)
        names = ", ".join(str(user) for user in overseers)
        data = ask_turn.told(approval) | {"overseers": names}
        record("approval.escalated", subject=approval, by=None, now=now, data=data)
