"""Passing one's approval on to a colleague."""

from datetime import datetime

from django.db import transaction

from ats.accounts.domain import sides
from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import mails
from ats.approvals.actions import ask_turn
from ats.approvals.actions.answer import to_answer
from ats.approvals.actions.settle import settle
from ats.approvals.models import Approval, ApprovalState
from ats.approvals.queries import people
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext


def delegate(*, approval_id: int, to: User, by: User, now: datetime) -> Approval:
    """Pass one's approval on to a colleague, who then answers in the same capacity."""
    with transaction.atomic():
        approval = to_answer(approval_id, by)
        _check_may_take_over(approval, to, by)
        settle(approval, ApprovalState.DELEGATED, now=now)
        mails.cancel([approval], now=now)
        successor = Approval.objects.create(
            request=approval.request,
            position=approval.position,
            label=approval.label,
            approver=to,
            delegated_by=by,
        )
        data = ask_turn.told(approval) | {"to": str(to), "to_id": to.pk}
        record("approval.delegated", subject=approval, by=by, now=now, data=data)
        ask_turn.open_(successor, by=by, now=now, record_it=False)
    return successor


def _check_may_take_over(approval: Approval, to: User, by: User) -> None:
    if to == by:
        raise Invalid(gettext("Choose somebody else than yourself."), field="to")
    if not to.is_active:
        raise Invalid(gettext("%(to)s no longer signs in here.") % {"to": to}, field="to")
    sides.check(to, approval.request.organisation_id, field="to")
    if to == approval.request.requested_by:
        raise Invalid(gettext("%(to)s asks for it, and does not approve it alone.") % {"to": to}, field="to")
    if to.pk == people.wrote(approval.request):
        raise Invalid(gettext("%(to)s wrote it, and does not approve it alone.") % {"to": to}, field="to")
    if to.pk in people.kept_out(approval.request):
        raise Invalid(gettext("%(to)s cannot be asked about this.") % {"to": to}, field="to")
    before = ask_turn.beside(approval).exclude(pk=approval.pk).filter(approver=to)
    states = set(before.values_list("state", flat=True))
    if ApprovalState.DELEGATED in states:
        raise Invalid(
            gettext("%(to)s has passed it on already: it would go round in a circle.") % {"to": to},
            field="to",
        )
    if ApprovalState.OPEN in states:
        raise Invalid(gettext("%(to)s is asked already.") % {"to": to}, field="to")
