"""What each of those who are asked says."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals import mails, workflow
from ats.approvals.actions import ask_turn
from ats.approvals.actions.settle import end, release, settle
from ats.approvals.domain import kinds, links
from ats.approvals.models import Approval, ApprovalRequest, ApprovalRequestState, ApprovalState
from ats.approvals.queries import people
from ats.approvals.queries.by_link import by_token
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.kept import kept
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext

MAX_TEXT = 2000


def approve(*, approval_id: int, by: User, now: datetime, note: str = "") -> ApprovalRequest:
    """The approver's yes; with the last one that is needed, all of it is granted."""
    with transaction.atomic():
        return _say_yes(to_answer(approval_id, by), by=by, now=now, note=note)


def send_back(*, approval_id: int, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """The approver's no, with the reason for the one who asked; nobody else is asked any more."""
    with transaction.atomic():
        return _say_no(to_answer(approval_id, by), reason=reason, by=by, now=now)


def approve_by_link(*, token: str, now: datetime, note: str = "") -> ApprovalRequest:
    """`approve` by whoever holds the link of the mail, in the name of the one it was sent to."""
    with transaction.atomic():
        approval = _to_answer_by_link(token, now)
        return _say_yes(approval, by=approval.approver, now=now, note=note, by_link=True)


def send_back_by_link(*, token: str, reason: str, now: datetime) -> ApprovalRequest:
    """`send_back` by whoever holds the link of the mail."""
    with transaction.atomic():
        approval = _to_answer_by_link(token, now)
        return _say_no(approval, reason=reason, by=approval.approver, now=now, by_link=True)


# --- Getting hold of it


def to_answer(approval_id: int, by: User) -> Approval:
    """The approval that is `by`'s to answer, its matter and its request locked before it, in this order."""
    get_for(Approval.objects.all(), approval_id, user=by, permission="ats.answer_approval")
    place = Approval.objects.filter(pk=approval_id).values_list(
        "request_id", "request__kind", "request__subject_id"
    )
    request_id, kind, subject_id = place.first() or (0, "", 0)
    declared = kinds.known().get(kind)
    if declared is not None and declared.hold is not None:
        declared.hold(subject_id)
    lock(ApprovalRequest, request_id)
    rows = Approval.objects.select_related(*ask_turn.WHOLE)
    approval = get_for(rows, approval_id, user=by, permission="ats.answer_approval", for_update=True)
    workflow.check_open(approval.state)
    return approval


def _check_is_anothers(approval: Approval) -> None:
    """Nobody says yes to what they asked for or wrote, but where they are still the only one to ask."""
    own = people.owners(approval.request)
    if approval.approver_id not in own:
        return
    never = people.never(kinds.known().get(approval.request.kind), approval.request.subject_id)
    if others := people.House(approval.request.organisation_id).overseers(but_not=own | never):
        did = "asked for" if approval.approver_id == approval.request.requested_by_id else "wrote"
        raise NotAllowed(
            gettext("You %(did)s this yourself: pass it on to %(others0)s.")
            % {"did": did, "others0": others[0]}
        )


def _to_answer_by_link(token: str, now: datetime) -> Approval:
    approval = by_token(token)
    if approval is None:
        raise Missing(gettext("This link is not one of ours."))
    if approval.state == ApprovalState.OPEN and links.is_over(approval, now):
        raise WrongState(gettext("This link has run out. Sign in to answer, or ask for a reminder."))
    return to_answer(approval.pk, approval.approver)


# --- Answering


def _say_yes(
    approval: Approval, *, by: User, now: datetime, note: str, by_link: bool = False
) -> ApprovalRequest:
    _check_is_anothers(approval)
    request, note = approval.request, note.strip()[:MAX_TEXT]
    _check_lawful(approval, {"note": note})
    settle(approval, ApprovalState.APPROVED, now=now, note=note)
    others = list(ask_turn.beside(approval).unsettled())
    release(others, now=now)
    data = ask_turn.told(approval) | {"body": note} | ({"by_link": True} if by_link else {})
    record("approval.approved", subject=approval, by=by, now=now, data=data)
    if ask_turn.open_turn(request, by=by, now=now) == ApprovalRequestState.APPROVED:
        end(request, ApprovalRequestState.APPROVED, now=now)
        record("approval.granted", subject=request, by=by, now=now, data=ask_turn.matter(request))
        if by != request.requested_by:
            kind = kinds.known().get(request.kind)
            said = [kept(f"{by} gave the last approval."), note, kind.granted if kind else ""]
            what = "\n\n".join(filter(None, said))
            mails.answered(request, outcome=kept("is approved"), what=what, now=now)
    return request


def _say_no(
    approval: Approval, *, reason: str, by: User, now: datetime, by_link: bool = False
) -> ApprovalRequest:
    request, reason = approval.request, reason.strip()[:MAX_TEXT]
    if not reason:
        raise Invalid(gettext("Say in a few words why, and what would have to change."), field="reason")
    _check_lawful(approval, {"reason": reason})
    settle(approval, ApprovalState.REJECTED, now=now, note=reason)
    data = ask_turn.told(approval) | {"reason": reason, "body": reason}
    data |= {"by_link": True} if by_link else {}
    record("approval.sent_back", subject=approval, by=by, now=now, data=data)
    end(request, ApprovalRequestState.REJECTED, now=now)
    matter = ask_turn.matter(request) | {"reason": reason}
    record("approval.refused", subject=request, by=by, now=now, data=matter)
    mails.answered(request, outcome=kept("comes back to you"), what=f"{by}: {reason}", now=now)
    return request


def _check_lawful(approval: Approval, words: dict[str, str]) -> None:
    """What an approver says may be about a person: it is read by others, and may be passed on."""
    request = approval.request
    about = request.about()
    what = f"The answer to {request.title}"
    lawful.check(words, place=Place(name=f"approval:{approval.pk}", what=what, about=about))
