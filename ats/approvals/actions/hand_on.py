"""When somebody has left, what they were to approve goes on to who oversees."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ats.accounts.models import User
from ats.activity.record import Entry, record_many
from ats.approvals.actions import ask_turn
from ats.approvals.actions.settle import release
from ats.approvals.models import Approval, ApprovalRequest, ApprovalState
from ats.approvals.queries import people
from ats.kernel.access import lock


def hand_on(*, request_id: int, by: User | None, now: datetime, approvals: Collection[int] = ()) -> int:
    """Whoever has left and was to answer is replaced by who oversees; how many approvals that were.

    Also who is asked in one of these `approvals`, and has another role in the house now.

    Where others are asked in the same capacity, their answer is enough and nobody is added.
    """
    with transaction.atomic():
        lock(ApprovalRequest, request_id)
        rows = Approval.objects.unsettled().filter(
            Q(approver__is_active=False) | Q(pk__in=approvals), request=request_id
        )
        left = list(rows.select_related(*ask_turn.WHOLE).order_by("pk"))
        houses = {of: people.House(of) for of in {row.request.organisation_id for row in left}}
        for approval in left:
            _replace(approval, houses[approval.request.organisation_id], by=by, now=now)
    return len(left)


def _replace(approval: Approval, house: people.House, *, by: User | None, now: datetime) -> None:
    was_open = approval.state == ApprovalState.OPEN
    release([approval], now=now)
    request = approval.request
    if ask_turn.beside(approval).unsettled().exists():
        return
    seats = people.instead(
        approval.position,
        approval.label,
        house=house,
        but_not=people.kept_out(request),
        missing=f"{approval.approver} {_why(approval)}",
    ) or [people.Seat(approval.position, approval.label, request.requested_by, people.NOBODY_ELSE)]
    heirs = Approval.objects.bulk_create(
        Approval(
            request=request,
            position=seat.position,
            label=seat.label,
            approver=seat.approver,
            because=seat.because,
        )
        for seat in seats
    )
    before = {"before": str(approval.approver), "before_id": approval.approver_id}
    entries = [Entry(heir, ask_turn.told(heir) | before) for heir in heirs]
    record_many("approval.handed_on", entries, by=by, now=now)
    for heir in heirs if was_open else []:
        ask_turn.open_(heir, by=by, now=now, record_it=False)


def _why(approval: Approval) -> str:
    """What keeps whoever was asked from answering."""
    if not approval.approver.is_active:
        return "no longer signs in"
    kept_out = approval.approver_id in people.kept_out(approval.request)
    return "cannot be asked about this" if kept_out else "has another role now"
