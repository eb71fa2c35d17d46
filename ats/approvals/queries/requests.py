"""What waits for whose approval, with a fixed number of queries for each page."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, When

from ats.accounts.models import User
from ats.approvals import workflow
from ats.approvals.domain import kinds
from ats.approvals.domain.changes import Change, changes
from ats.approvals.models import (
    Approval,
    ApprovalQuerySet,
    ApprovalRequest,
    ApprovalRequestState,
    ApprovalState,
)
from ats.approvals.queries import people
from ats.kernel.access import get_for, without_kept
from ats.kernel.staff_words import gettext

RECENT = 20


def kind_label(request: ApprovalRequest) -> str:
    kind = kinds.known().get(request.kind)
    return kind.label if kind else request.kind


def again(approval: Approval) -> Approval:
    """The same approval as it is now."""
    rows = Approval.objects.select_related("approver", "request__requested_by", "request__organisation")
    return rows.get(pk=approval.pk)


def mine_to_decide(user: User) -> ApprovalQuerySet:
    """What waits for this person's yes or no, the one due first on top."""
    return (
        Approval.objects.open()
        .filter(approver=user)
        .select_related("request__requested_by", "request__organisation", "delegated_by")
        .order_by("due_at", "pk")
    )


def asked_by(user: User) -> QuerySet[ApprovalRequest]:
    """What this person asked approval for: what waits first, then the last that were settled."""
    open_ones = Approval.objects.open().select_related("approver").order_by("position", "pk")
    waits_first = Case(When(state=ApprovalRequestState.WAITING, then=0), default=1)
    rows: QuerySet[ApprovalRequest] = without_kept(ApprovalRequest.objects.filter(requested_by=user), user)
    return (
        rows.filter(Exists(Approval.objects.filter(request=OuterRef("pk"))))
        .prefetch_related(Prefetch("approvals", queryset=open_ones, to_attr="open_now"))
        .order_by(waits_first, "-requested_at", "-pk")[:RECENT]
    )


def waiting_for(*, kind: str, subject_id: int) -> ApprovalRequest | None:
    """The request about this matter that waits, with those whose turn it is as `open_now`."""
    open_ones = Approval.objects.open().select_related("approver").order_by("position", "pk")
    return (
        ApprovalRequest.objects.filter(kind=kind, subject_id=subject_id, state=ApprovalRequestState.WAITING)
        .prefetch_related(Prefetch("approvals", queryset=open_ones, to_attr="open_now"))
        .first()
    )


def latest_of(*, kind: str, subject_id: int) -> ApprovalRequest | None:
    """The newest request about this matter, whatever its state, with its approvals as `steps`."""
    rows = Approval.objects.select_related("approver", "delegated_by").order_by("position", "pk")
    return (
        ApprovalRequest.objects.filter(kind=kind, subject_id=subject_id)
        .select_related("requested_by")
        .prefetch_related(Prefetch("approvals", queryset=rows, to_attr="steps"))
        .order_by("-requested_at", "-pk")
        .first()
    )


@dataclass(frozen=True)
class Since:
    """An earlier version of the same matter, and what is other now."""

    what: str
    at: datetime | None
    changes: list[Change]


def since(approval: Approval) -> Since | None:
    """What has changed since this approver last answered about the matter, else since it was last granted.

    None where it is asked for the first time.
    """
    request = approval.request
    others = ApprovalRequest.objects.filter(kind=request.kind, subject_id=request.subject_id).exclude(
        pk=request.pk
    )
    answered = [ApprovalState.APPROVED, ApprovalState.REJECTED]
    mine = Approval.objects.filter(approver=approval.approver_id, state__in=answered, request__in=others)
    last = mine.select_related("request").order_by("-settled_at", "-pk").first()
    if last is not None:
        what = "you approved" if last.state == ApprovalState.APPROVED else "you sent back"
        return Since(what, last.settled_at, changes(last.request.facts, request.facts))
    granted = others.filter(state=ApprovalRequestState.APPROVED).order_by("-settled_at", "-pk").first()
    if granted is None:
        return None
    return Since("was approved before", granted.settled_at, changes(granted.facts, request.facts))


@dataclass(frozen=True)
class Step:
    """All who are asked at the same time."""

    number: int
    approvals: list[Approval]
    is_turn: bool

    @property
    def words(self) -> str:
        """When they are asked, and whether each of them has to answer."""
        first = self.number == 1
        alone = gettext("First") if first else gettext("Then")
        if len(self.approvals) == 1:
            return alone
        alike = len({row.label for row in self.approvals}) == 1
        passed_on = any(row.state == ApprovalState.DELEGATED for row in self.approvals)
        if alike:
            one = gettext("First, one of these") if first else gettext("Then, one of these")
            return alone if passed_on else one
        return gettext("First, at the same time") if first else gettext("Then, at the same time")


@dataclass(frozen=True)
class ApprovalPage:
    request: ApprovalRequest
    kind: str
    steps: list[Step]
    mine: Approval | None
    """What the viewer has to answer now."""
    since: Since | None
    """What has changed since they, or whoever was asked, last answered."""
    colleagues: QuerySet[User] | None
    """Whom they may pass it on to."""
    may_remind: bool
    may_open: bool
    """Whether the matter's own page shows itself to the viewer."""


def approval_page(user: User, request_id: int) -> ApprovalPage:
    rows = ApprovalRequest.objects.select_related("requested_by", "organisation")
    request = get_for(rows, request_id, user=user, permission="ats.view_approval")
    approvals = list(
        request.approvals.select_related("approver", "delegated_by", "request").order_by("position", "pk")
    )
    mine = next((row for row in approvals if row.approver == user and row.state == ApprovalState.OPEN), None)
    turn = workflow.standing(approvals).turn if request.state == ApprovalRequestState.WAITING else None
    positions = groupby(approvals, key=lambda row: row.position)
    return ApprovalPage(
        request=request,
        kind=kind_label(request),
        steps=[
            Step(number, list(group), position == turn)
            for number, (position, group) in enumerate(positions, start=1)
        ],
        mine=mine,
        since=since(mine) if mine else None,
        colleagues=_colleagues(user, request) if mine else None,
        may_remind=user == request.requested_by or user.oversees,
        may_open=_may_open(user, request),
    )


def _may_open(user: User, request: ApprovalRequest) -> bool:
    kind = kinds.known().get(request.kind)
    if kind is None or kind.sees is None:
        return user.recruits or user == request.requested_by
    return kind.sees(user, request.subject_id)


def _colleagues(user: User, request: ApprovalRequest) -> QuerySet[User]:
    everybody = User.objects.visible_to(user).working_for(request.organisation_id).filter(is_active=True)
    return everybody.exclude(pk__in={user.pk, *people.kept_out(request)}).order_by("name", "pk")
