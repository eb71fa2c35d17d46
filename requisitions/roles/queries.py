"""Reading requisitions for their pages, with a fixed number of SQL queries each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from ats.kernel.access import get_for
from requisitions.roles import approving, readiness
from requisitions.roles.figures import Figures, figures
from requisitions.roles.models import (
    Criterion,
    CriterionKind,
    Opening,
    OpeningState,
    Requisition,
    RequisitionState,
    TeamMember,
)
from requisitions.roles.timeline import LENGTH, LONGEST, Entry, timeline
from requisitions.roles.workflow import ENDED, LIVE

PAGE_SIZE = 50
RELATED = ("organisation", "department", "location", "recruiter", "hiring_manager")


@dataclass(frozen=True)
class RequisitionFilter:
    """What a list of requisitions is narrowed to; `state` is one of them, `live` (not ended) or `all`."""

    mine: bool = False
    state: str = "live"
    organisation_id: int | None = None
    department_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One requisition of a list, with its figures."""

    requisition: Requisition
    figures: Figures
    seats: int
    filled: int


def filtered(user: User, wanted: RequisitionFilter) -> QuerySet[Requisition]:
    """The requisitions that `user` may see and asked for: live ones first, then the newest."""
    rows = Requisition.objects.visible_to(user)
    if wanted.mine:
        rows = rows.filter(Q(recruiter=user) | Q(hiring_manager=user))
    if wanted.state == "live":
        rows = rows.exclude(state__in=ENDED)
    elif wanted.state != "all":
        rows = rows.filter(state=wanted.state)
    if wanted.organisation_id:
        rows = rows.filter(organisation=wanted.organisation_id)
    if wanted.department_id:
        rows = rows.filter(department=wanted.department_id)
    for word in wanted.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    rank = Case(
        When(state__in=LIVE, then=Value(0)),
        When(state=RequisitionState.DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(rank, Coalesce(F("opened_at"), F("created_at")).desc(), "-id")


def _seats(condition: Q) -> Coalesce:
    """Seats of the outer requisition that meet the condition."""
    rows = Opening.objects.filter(condition, requisition=OuterRef("pk")).order_by()
    counted = rows.values("requisition").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def requisition_list(
    user: User, wanted: RequisitionFilter, *, page: int | str, now: datetime
) -> tuple[Page[Any], list[Row]]:
    """One page of the list; three queries."""
    rows = (
        filtered(user, wanted)
        .select_related(*RELATED)
        .annotate(seats=_seats(~Q(state=OpeningState.CANCELLED)), filled=_seats(Q(state=OpeningState.FILLED)))
    )
    shown: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(page)
    counted = figures([row.pk for row in shown], now=now)
    return shown, [Row(row, counted[row.pk], row.seats, row.filled) for row in shown]


@dataclass(frozen=True)
class Overview:
    """Everything that the page of a requisition shows."""

    requisition: Requisition
    must_haves: list[Criterion]
    nice_to_haves: list[Criterion]
    members: list[TeamMember]
    seats: list[Opening]
    gaps: list[readiness.Gap]
    approval: approving.Standing | None
    """Of its opening, while it is a draft."""
    ahead: list[readiness.Gap]
    """What beside its opening keeps anybody from applying, where nobody can yet."""
    stages: list[Any]
    posts: list[Any]
    figures: Figures
    timeline: list[Entry]

    @property
    def of_seats(self) -> str:
        return f"of {len(self.seats)}"

    @property
    def live_post(self) -> Any:
        """The post that people can apply to now, if there is one."""
        return next((post for post in self.posts if post.state == "published"), None)

    @property
    def filled(self) -> int:
        return sum(seat.state == OpeningState.FILLED for seat in self.seats)


def get_requisition(
    user: User, requisition_id: int, permission: str = "requisitions.view_requisition"
) -> Requisition:
    """The requisition with who and what it names, for somebody who may."""
    rows = Requisition.objects.select_related(*RELATED, "organisation__calendar")
    return get_for(rows, requisition_id, user=user, permission=permission)


def with_facts(user: User, requisition_id: int, permission: str) -> Requisition:
    """The requisition with its criteria, seats and team."""
    rows = Requisition.objects.select_related(*RELATED).prefetch_related(
        Prefetch("criteria", Criterion.objects.order_by("position", "id")),
        Prefetch("openings", Opening.objects.order_by("number")),
        Prefetch("members", TeamMember.objects.select_related("user").order_by("id")),
    )
    return get_for(rows, requisition_id, user=user, permission=permission)


def with_way(user: User, requisition_id: int) -> Requisition:
    """The requisition with all that stands on the way to its advert, for somebody who writes it."""
    role = with_facts(user, requisition_id, "requisitions.change_requisition")
    prefetch_related_objects([role], "stages", "posts")
    return role


def overview(user: User, requisition_id: int, *, now: datetime, whole: bool = False) -> Overview:
    """Everything about one requisition; `whole` with all that ever happened."""
    requisition = with_facts(user, requisition_id, "requisitions.view_requisition")
    criteria = list(requisition.criteria.all())
    seats = [seat for seat in requisition.openings.all() if seat.state != OpeningState.CANCELLED]
    draft = requisition.state == RequisitionState.DRAFT
    # Stages, posts and applications belong to higher slices and floors: they are read by their relations' names.
    inside = Count("applications", filter=Q(applications__state="active"))
    prefetch_related_objects(
        [requisition], Prefetch("posts", requisition.posts.order_by("-published_at", "-id"))
    )
    return Overview(
        requisition=requisition,
        must_haves=[row for row in criteria if row.kind == CriterionKind.MUST],
        nice_to_haves=[row for row in criteria if row.kind == CriterionKind.NICE],
        members=list(requisition.members.all()),
        seats=seats,
        gaps=readiness.to_open(requisition) if draft else [],
        ahead=readiness.to_be_found(requisition, now) if readiness.is_on_its_way(requisition) else [],
        approval=approving.standing(requisition) if draft else None,
        stages=list(requisition.stages.annotate(inside=inside).order_by("position")),
        posts=list(requisition.posts.all()),
        figures=figures([requisition.pk], now=now)[requisition.pk],
        timeline=timeline(requisition, length=LONGEST if whole else LENGTH),
    )
