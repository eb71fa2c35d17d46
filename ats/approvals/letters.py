"""The messages of approvals, put into the outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.approvals import kinds, links, mails, people
from ats.approvals.models import Approval, ApprovalRequest
from ats.mail import outbox


def asked(approval: Approval, *, now: datetime) -> None:
    """The question to an approver whose turn it is."""
    why = ""
    if approval.delegated_by is not None:
        why = f"{approval.delegated_by} has passed this on to you."
    elif approval.because:
        why = f"You are asked because {approval.because}."
    values = _of_one(approval) | {"why": why, "link": links.address(approval)}
    _queue(mails.ASKED, approval.request, approval.approver, values, key=str(approval.pk), now=now)


def reminder(approval: Approval, *, by: User | None, now: datetime) -> None:
    said = f"{by} reminds you." if by else ""
    values = _of_one(approval) | {"by": said, "link": links.address(approval)}
    key = f"{approval.pk}:{now.isoformat()}"
    _queue(mails.REMINDER, approval.request, approval.approver, values, key=key, now=now)


def overdue(approval: Approval, overseers: Iterable[User], *, now: datetime) -> None:
    request = approval.request
    for user in overseers:
        values = _of_one(approval) | {"approver.name": str(approval.approver), "link": links.page(request)}
        _queue(mails.OVERDUE, request, user, values, key=f"{approval.pk}:{user.pk}", now=now)


def answered(request: ApprovalRequest, *, outcome: str, what: str, now: datetime) -> None:
    """To the one who asked, or if they have left to who oversees: it is approved, or it comes back."""
    link = settings.BASE_URL + request.link if request.link else links.page(request)
    values = {"outcome": outcome, "what": what, "link": link}
    asker = request.requested_by
    for user in [asker] if asker.is_active else people.House().overseers(but_not=()):
        _queue(mails.ANSWERED, request, user, values, key=f"{request.pk}:{user.pk}", now=now)


def cancel(approvals: Iterable[Approval], *, now: datetime) -> None:
    """Take back what has not left yet of the questions to these."""
    keys = [f"{mails.ASKED}:{approval.pk}" for approval in approvals]
    outbox.cancel(roles_=[mails.ASKED], idempotency_key__in=keys, now=now)


def _of_one(approval: Approval) -> dict[str, str]:
    assert approval.due_at is not None
    due = approval.due_at.astimezone(approval.approver.zone)
    return {
        "asker.name": str(approval.request.requested_by),
        "label": approval.label,
        "due.day": date_format(due, "l j F"),
    }


def _queue(
    role: str, request: ApprovalRequest, reader: User, values: dict[str, str], *, key: str, now: datetime
) -> None:
    kind = kinds.known().get(request.kind)
    values = values | {
        "name": reader.get_short_name(),
        "kind": kind.label if kind else request.kind,
        "title": request.title,
    }
    asker = request.requested_by
    replies = asker.email if reader != asker and asker.is_active else ""
    outbox.queue(
        role,
        to=outbox.To(address=reader.email, name=reader.name, reply_to=replies),
        message=outbox.write(
            role, values=values, organisation=request.organisation, language=reader.language
        ),
        key=f"{role}:{key}",
        now=now,
        about=request.about(),
    )
