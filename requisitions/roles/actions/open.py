"""Opening a draft, with the approval that it may need."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals.models import ApprovalRequestState
from ats.kernel.access import lock
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles import workflow
from requisitions.roles.actions import ask_approval
from requisitions.roles.actions.fetch import fetch, named
from requisitions.roles.models import Requisition, RequisitionState
from requisitions.roles.queries import approval, readiness


@transaction.atomic
def open_requisition(*, requisition_id: int, by: User, now: datetime) -> Requisition:
    """Open a draft; WrongState says in one sentence everything that is missing.

    Where a chain says who approves the opening, they are asked, and it stays a draft until they agree.
    """
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to open this role."),
    )
    workflow.check(requisition.state, RequisitionState.OPEN)
    if requisition.state == RequisitionState.ON_HOLD:
        raise WrongState(gettext("This role is on hold: take it up again instead."))
    if gaps := readiness.to_open(requisition):
        raise WrongState(
            gettext("Before this role can open: %(gaps)s") % {"gaps": " ".join(gap.text for gap in gaps)}
        )
    if _is_approved(requisition, by=by, now=now):
        _open(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def open_as_approved(*, requisition_id: int, version: int, now: datetime) -> Requisition | None:
    """Everybody has agreed to this version of a draft: it opens, if it is still that and nothing is missing."""
    lock(Requisition, requisition_id)
    rows = Requisition.objects.select_related("organisation", "recruiter", "hiring_manager")
    requisition = rows.filter(pk=requisition_id, state=RequisitionState.DRAFT).first()
    if requisition is None or readiness.to_open(requisition):
        return None
    standing = approval.standing(requisition)
    if standing is None or not standing.given or approval.version(requisition) != version:
        return None
    _open(requisition, by=None, now=now)
    return requisition


def _is_approved(requisition: Requisition, *, by: User, now: datetime) -> bool:
    """Whether nobody has to agree, or all have; if not, they are asked now."""
    standing = approval.standing(requisition)
    if standing is None or standing.given:
        return True
    if standing.waits:
        raise WrongState(
            gettext("This role waits for approval by %(waits_for)s.") % {"waits_for": standing.waits_for}
        )
    request = ask_approval.ask(requisition, by=by, now=now)
    return request.state == ApprovalRequestState.APPROVED


def _open(requisition: Requisition, *, by: User | None, now: datetime) -> None:
    requisition.state, requisition.opened_at = RequisitionState.OPEN, now
    requisition.save(update_fields=["state", "opened_at"])
    record("requisition.opened", subject=requisition, by=by, now=now, data=named(requisition))
