"""Asking for approval, and asking no longer."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from ats.accounts.models import User
from ats.activity.record import record
from ats.approvals.actions import ask_turn
from ats.approvals.actions.settle import end
from ats.approvals.domain import kinds
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalRequestState
from ats.approvals.queries import people
from ats.kernel.errors import Conflict
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation


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
    wrote: User | None = None,
) -> ApprovalRequest:
    """Ask for the approval of this version of a matter, whose row the caller has locked.

    Where no step applies it is approved at once: the state says so, nothing is recorded and nobody is told.
    Otherwise `approval.granted` or `approval.refused` is recorded later. Another version that still waits is
    taken back; the same one is a `Conflict`. Who asks does not approve it, nor who `wrote` what is asked.
    """
    declared = kinds.get(kind)
    with transaction.atomic():
        _replace_older(kind, subject_id, subject_version, by=by, now=now)
        chain = chain_for(kind, organisation)
        steps = list(chain.steps.select_related("person")) if chain else []
        seats = people.seats(
            steps,
            kind=declared,
            parts=parts,
            holds=holds,
            by=by,
            wrote=wrote,
            never=people.never(declared, subject_id),
            organisation=organisation.pk,
        )
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
        ask_turn.open_turn(request, by=by, now=now)
    return request


def chain_for(kind: str, organisation: HiringOrganisation) -> ApprovalChain | None:
    """The organisation's own chain for this kind, else the house's; None where nobody has to approve."""
    rows = ApprovalChain.objects.filter(Q(organisation=organisation) | Q(organisation=None), kind=kind)
    return rows.order_by(F("organisation").asc(nulls_last=True)).first()


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
        end(request, ApprovalRequestState.CANCELLED, now=now)
        data = ask_turn.matter(request) | {"reason": reason}
        record("approval.taken_back", subject=request, by=by, now=now, data=data)
    return request


def _replace_older(kind: str, subject_id: int, version: int, *, by: User, now: datetime) -> None:
    waiting = ApprovalRequest.objects.filter(
        kind=kind, subject_id=subject_id, state=ApprovalRequestState.WAITING
    )
    if waiting.filter(subject_version=version).exists():
        raise Conflict(gettext("Approval has been asked for already."))
    take_back(kind=kind, subject_id=subject_id, by=by, now=now, reason="it has changed")
