"""A role waits, goes on, ends, and is looked for again."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import actions as approvals
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from requisitions.roles import workflow
from requisitions.roles.actions import write_openings
from requisitions.roles.actions.fetch import fetch, named
from requisitions.roles.models import OpeningState, Requisition, RequisitionState
from requisitions.roles.queries import approval


@transaction.atomic
def hold(*, requisition_id: int, reason: str, by: User, now: datetime) -> Requisition:
    """Stop taking applications for a while; those who are in play keep what was promised to them."""
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to put this role on hold."),
    )
    workflow.check(requisition.state, RequisitionState.ON_HOLD)
    reason = _reason(reason)
    requisition.state = RequisitionState.ON_HOLD
    requisition.save(update_fields=["state"])
    record("requisition.held", subject=requisition, by=by, now=now, data={"reason": reason})
    return requisition


@transaction.atomic
def resume(*, requisition_id: int, by: User, now: datetime) -> Requisition:
    """Take a role up again that was on hold."""
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to take this role up again."),
    )
    if requisition.state != RequisitionState.ON_HOLD:
        raise WrongState(
            gettext("This role is %(state)s, not on hold.")
            % {"state": workflow.IN_WORDS[RequisitionState(requisition.state)]}
        )
    requisition.state = RequisitionState.OPEN
    requisition.save(update_fields=["state"])
    record("requisition.resumed", subject=requisition, by=by, now=now)
    return requisition


@transaction.atomic
def end(*, requisition_id: int, new_state: str, reason: str, by: User, now: datetime) -> Requisition:
    """End it as filled, closed or cancelled; refused while anybody waits for an answer.

    Posts close with it. Who is still in play is told first, by the sweep of the candidates' package.
    """
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to end this role."),
    )
    target = RequisitionState(new_state)
    if target not in workflow.ENDED:
        raise Invalid(gettext("End a role as filled, closed or cancelled."), field="new_state")
    workflow.check(requisition.state, target)
    # The relation belongs to a higher floor: it is counted by its name, and nothing else is known of it.
    if waiting := requisition.applications.filter(state="active").count():
        raise WrongState(
            ngettext(
                "%(number)s person is still waiting for an answer: give it to them first.",
                "%(number)s people are still waiting for an answer: give it to them first.",
                waiting,
            )
            % {"number": waiting}
        )
    approvals.take_back(
        kind=approval.KIND, subject_id=requisition.pk, by=by, now=now, reason="the role was ended"
    )
    _end_openings(requisition, target)
    requisition.state, requisition.ended_at = target, now
    requisition.end_reason = _reason(reason)
    requisition.save(update_fields=["state", "ended_at", "end_reason"])
    data = {
        "state": target.value,
        "outcome": ours(str)(target.label).lower(),
        "reason": requisition.end_reason,
    }
    record("requisition.ended", subject=requisition, by=by, now=now, data=data)
    return requisition


@transaction.atomic
def reopen(*, requisition_id: int, reason: str, by: User, now: datetime) -> Requisition:
    """Look on: a role that was filled has a free seat again. Its posts stay closed until they are published."""
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to open this role again."),
    )
    if RequisitionState(requisition.state) not in workflow.REOPEN:
        raise WrongState(
            gettext("This role is %(state)s: it was not filled.")
            % {"state": workflow.IN_WORDS[RequisitionState(requisition.state)]}
        )
    requisition.state = workflow.REOPEN[RequisitionState.FILLED]
    requisition.ended_at, requisition.end_reason = None, ""
    requisition.save(update_fields=["state", "ended_at", "end_reason"])
    data = named(requisition) | {"reason": _reason(reason[:200])}
    record("requisition.reopened", subject=requisition, by=by, now=now, data=data)
    return requisition


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(gettext("Say why, in a few words."), field="reason")
    if len(text) > 200:
        raise Invalid(gettext("Keep the reason under 200 characters."), field="reason")
    return text


def _end_openings(requisition: Requisition, target: RequisitionState) -> None:
    if target == RequisitionState.FILLED:
        left = requisition.openings.filter(state=OpeningState.OPEN).count()
        if left or not requisition.openings.filter(state=OpeningState.FILLED).exists():
            raise WrongState(
                gettext("Not every opening is filled: close the role instead, or reduce its openings.")
            )
    write_openings.cancel_open(requisition)
