"""Asking for approval, and what each of those who are asked does about it."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from ats.accounts.models import User
from ats.activity.record import Entry, record, record_many
from ats.approvals import asking, kinds, letters, links, people, workflow
from ats.approvals.models import (
    Approval,
    ApprovalChain,
    ApprovalRequest,
    ApprovalRequestState,
    ApprovalState,
)
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.lawful import Place
from ats.organisation.models import HiringOrganisation

MAX_TEXT = 2000
REMIND_AGAIN = timedelta(hours=1)
"""So long somebody is left in peace after a reminder."""


def ask(
    *,
    kind: str,
    subject_id: int,
    subject_version: int,
    title: str,
    facts: list[tuple[str, str]],
    link: str,
    organisation: HiringOrganisation,
    parts: Mapping[str, User | None],
    holds: AbstractSet[str],
    about: Mapping[str, int],
    by: User,
    now: datetime,
) -> ApprovalRequest:
    """Ask for the approval of this version of a matter, whose row the caller has locked.

    Where no step applies it is approved at once: the state says so, nothing is recorded and nobody is told.
    Otherwise `approval.granted` or `approval.refused` is recorded later. Another version that still waits is
    taken back; the same one is a `Conflict`.
    """
    declared = kinds.get(kind)
    with transaction.atomic():
        _replace_older(kind, subject_id, subject_version, by=by, now=now)
        chain = chain_for(kind, organisation)
        steps = list(chain.steps.select_related("person")) if chain else []
        seats = people.seats(steps, kind=declared, parts=parts, holds=holds, by=by)
        state = ApprovalRequestState.WAITING if seats else ApprovalRequestState.APPROVED
        request = ApprovalRequest.objects.create(
            kind=kind,
            chain=chain,
            subject_id=subject_id,
            subject_version=subject_version,
            title=title[:200],
            facts=[[str(label), str(text)] for label, text in facts],
            link=link,
            about_ids={"organisation_id": organisation.pk, **about},
            organisation=organisation,
            state=state,
            requested_by=by,
            requested_at=now,
            settled_at=None if seats else now,
        )
        Approval.objects.bulk_create(
            Approval(
                request=request,
                position=seat.position,
                label=seat.label,
                approver=seat.approver,
                because=seat.because,
            )
            for seat in seats
        )
        asking.open_turn(request, by=by, now=now)
    return request


def chain_for(kind: str, organisation: HiringOrganisation) -> ApprovalChain | None:
    """The organisation's own chain for this kind, else the house's; None where nobody has to approve."""
    rows = ApprovalChain.objects.filter(Q(organisation=organisation) | Q(organisation=None), kind=kind)
    return rows.order_by(F("organisation").asc(nulls_last=True)).first()


def approve(*, approval_id: int, by: User, now: datetime, note: str = "") -> ApprovalRequest:
    """The approver's yes; with the last one that is needed, all of it is granted."""
    with transaction.atomic():
        return _say_yes(_to_answer(approval_id, by), by=by, now=now, note=note)


def send_back(*, approval_id: int, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """The approver's no, with the reason for the one who asked; nobody else is asked any more."""
    with transaction.atomic():
        return _say_no(_to_answer(approval_id, by), reason=reason, by=by, now=now)


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


def delegate(*, approval_id: int, to: User, by: User, now: datetime) -> Approval:
    """Pass one's approval on to a colleague, who then answers in the same capacity."""
    with transaction.atomic():
        approval = _to_answer(approval_id, by)
        _check_may_take_over(approval, to, by)
        _settle(approval, ApprovalState.DELEGATED, now=now)
        letters.cancel([approval], now=now)
        successor = Approval.objects.create(
            request=approval.request,
            position=approval.position,
            label=approval.label,
            approver=to,
            delegated_by=by,
        )
        data = asking.told(approval) | {"to": str(to), "to_id": to.pk}
        record("approval.delegated", subject=approval, by=by, now=now, data=data)
        asking.open_(successor, by=by, now=now, record_it=False)
    return successor


def remind(*, approval_id: int, by: User, now: datetime) -> Approval:
    """The one who asked, or who oversees, reminds somebody whose turn it is."""
    with transaction.atomic():
        rows = Approval.objects.select_related(*asking.WHOLE)
        approval = get_for(rows, approval_id, user=by, permission="ats.remind_approval", for_update=True)
        if approval.state != ApprovalState.OPEN:
            raise WrongState(f"{approval.approver} does not have to answer now.")
        if approval.reminded_at is not None and now - approval.reminded_at < REMIND_AGAIN:
            raise Conflict(f"{approval.approver} was reminded less than an hour ago.")
        approval.reminded_at = now
        approval.save(update_fields=["reminded_at"])
        letters.reminder(approval, by=by, now=now)
        record("approval.reminded", subject=approval, by=by, now=now, data=asking.told(approval))
    return approval


def take_back(
    *, kind: str, subject_id: int, by: User | None, now: datetime, reason: str = ""
) -> ApprovalRequest | None:
    """Ask no longer, because the matter has changed or ended; None where nothing waits.

    The caller has seen to it that `by` may do that, and has locked the matter.
    """
    with transaction.atomic():
        waiting = ApprovalRequest.objects.filter(
            kind=kind, subject_id=subject_id, state=ApprovalRequestState.WAITING
        )
        request = waiting.select_for_update(no_key=True).first()
        if request is None:
            return None
        _end(request, ApprovalRequestState.CANCELLED, now=now)
        data = asking.matter(request) | {"reason": reason}
        record("approval.taken_back", subject=request, by=by, now=now, data=data)
    return request


# --- Getting hold of it


def _to_answer(approval_id: int, by: User) -> Approval:
    """The approval that is `by`'s to answer, its matter and its request locked before it, in this order."""
    place = Approval.objects.filter(pk=approval_id).values_list(
        "request_id", "request__kind", "request__subject_id"
    )
    request_id, kind, subject_id = place.first() or (0, "", 0)
    declared = kinds.known().get(kind)
    if declared is not None and declared.hold is not None:
        declared.hold(subject_id)
    lock(ApprovalRequest, request_id)
    rows = Approval.objects.select_related(*asking.WHOLE)
    approval = get_for(rows, approval_id, user=by, permission="ats.answer_approval", for_update=True)
    workflow.check_open(approval.state)
    return approval


def _to_answer_by_link(token: str, now: datetime) -> Approval:
    approval = links.by_token(token)
    if approval is None:
        raise Missing("This link is not one of ours.")
    if approval.state == ApprovalState.OPEN and links.is_over(approval, now):
        raise WrongState("This link has run out. Sign in to answer, or ask for a reminder.")
    return _to_answer(approval.pk, approval.approver)


def _check_may_take_over(approval: Approval, to: User, by: User) -> None:
    if to == by:
        raise Invalid("Choose somebody else than yourself.", field="to")
    if not to.is_active:
        raise Invalid(f"{to} no longer signs in here.", field="to")
    if to == approval.request.requested_by:
        raise Invalid(f"{to} asks for it, and does not approve it alone.", field="to")
    before = asking.beside(approval).exclude(pk=approval.pk).filter(approver=to)
    states = set(before.values_list("state", flat=True))
    if ApprovalState.DELEGATED in states:
        raise Invalid(f"{to} has passed it on already: it would go round in a circle.", field="to")
    if ApprovalState.OPEN in states:
        raise Invalid(f"{to} is asked already.", field="to")


# --- Answering


def _say_yes(
    approval: Approval, *, by: User, now: datetime, note: str, by_link: bool = False
) -> ApprovalRequest:
    request, note = approval.request, note.strip()[:MAX_TEXT]
    _check_lawful(approval, {"note": note})
    _settle(approval, ApprovalState.APPROVED, now=now, note=note)
    others = list(asking.beside(approval).unsettled())
    _release(others, now=now)
    data = asking.told(approval) | {"body": note} | ({"by_link": True} if by_link else {})
    record("approval.approved", subject=approval, by=by, now=now, data=data)
    if asking.open_turn(request, by=by, now=now) == ApprovalRequestState.APPROVED:
        _end(request, ApprovalRequestState.APPROVED, now=now)
        record("approval.granted", subject=request, by=by, now=now, data=asking.matter(request))
        if by != request.requested_by:
            kind = kinds.known().get(request.kind)
            said = [f"{by} gave the last approval.", note, kind.granted if kind else ""]
            what = "\n\n".join(filter(None, said))
            letters.answered(request, outcome="is approved", what=what, now=now)
    return request


def _say_no(
    approval: Approval, *, reason: str, by: User, now: datetime, by_link: bool = False
) -> ApprovalRequest:
    request, reason = approval.request, reason.strip()[:MAX_TEXT]
    if not reason:
        raise Invalid("Say in a few words why, and what would have to change.", field="reason")
    _check_lawful(approval, {"reason": reason})
    _settle(approval, ApprovalState.REJECTED, now=now, note=reason)
    data = asking.told(approval) | {"reason": reason, "body": reason}
    data |= {"by_link": True} if by_link else {}
    record("approval.sent_back", subject=approval, by=by, now=now, data=data)
    _end(request, ApprovalRequestState.REJECTED, now=now)
    matter = asking.matter(request) | {"reason": reason}
    record("approval.refused", subject=request, by=by, now=now, data=matter)
    letters.answered(request, outcome="comes back to you", what=f"{by}: {reason}", now=now)
    return request


def _check_lawful(approval: Approval, words: dict[str, str]) -> None:
    """What an approver says may be about a person: it is read by others, and may be passed on."""
    request = approval.request
    about = request.about()
    what = f"The answer to {request.title}"
    lawful.check(words, place=Place(name=f"approval:{approval.pk}", what=what, about=about))


def _settle(approval: Approval, state: ApprovalState, *, now: datetime, note: str = "") -> None:
    approval.state, approval.settled_at, approval.note = state, now, note
    approval.save(update_fields=["state", "settled_at", "note"])


def _release(approvals: list[Approval], *, now: datetime) -> None:
    """These need not answer any more."""
    if approvals:
        rows = Approval.objects.filter(pk__in=[approval.pk for approval in approvals])
        rows.update(state=ApprovalState.CANCELLED, settled_at=now, updated_at=now)
        letters.cancel(approvals, now=now)


def _end(request: ApprovalRequest, state: ApprovalRequestState, *, now: datetime) -> None:
    _release(list(request.approvals.unsettled()), now=now)
    request.state, request.settled_at = state, now
    request.save(update_fields=["state", "settled_at"])


def _replace_older(kind: str, subject_id: int, version: int, *, by: User, now: datetime) -> None:
    waiting = ApprovalRequest.objects.filter(
        kind=kind, subject_id=subject_id, state=ApprovalRequestState.WAITING
    )
    if waiting.filter(subject_version=version).exists():
        raise Conflict("Approval has been asked for already.")
    take_back(kind=kind, subject_id=subject_id, by=by, now=now, reason="it has changed")


# --- When somebody has left


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
        left = list(rows.select_related(*asking.WHOLE).order_by("pk"))
        house = people.House() if left else None
        for approval in left:
            assert house is not None
            _replace(approval, house, by=by, now=now)
    return len(left)


def _replace(approval: Approval, house: people.House, *, by: User | None, now: datetime) -> None:
    was_open = approval.state == ApprovalState.OPEN
    _release([approval], now=now)
    request = approval.request
    if asking.beside(approval).unsettled().exists():
        return
    seats = people.instead(
        approval.position,
        approval.label,
        house=house,
        but_not={request.requested_by_id},
        missing=f"{approval.approver} "
        + ("has another role now" if approval.approver.is_active else "no longer signs in"),
    ) or [people.Seat(approval.position, approval.label, request.requested_by, "there is nobody else to ask")]
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
    entries = [Entry(heir, asking.told(heir) | before) for heir in heirs]
    record_many("approval.handed_on", entries, by=by, now=now)
    for heir in heirs if was_open else []:
        asking.open_(heir, by=by, now=now, record_it=False)
