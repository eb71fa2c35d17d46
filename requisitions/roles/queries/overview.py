"""One requisition, with a fixed number of SQL queries for each of its pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.db.models.expressions import CombinedExpression

from ats.accounts.models import User
from ats.accounts.queries.beside import LESS, is_surely_not
from ats.kernel.access import get_for
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles.domain.figures import Figures, figures
from requisitions.roles.models import (
    Criterion,
    CriterionKind,
    Opening,
    OpeningState,
    Requisition,
    RequisitionState,
    TeamMember,
)
from requisitions.roles.queries import approval as approving
from requisitions.roles.queries import readiness
from requisitions.roles.queries.timeline import LENGTH, LONGEST, Entry, timeline
from requisitions.roles.rules import DO_THAT, check_may

RELATED = ("organisation", "department", "location", "recruiter", "hiring_manager")


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
        return gettext("of %(seats)s") % {"seats": len(self.seats)}

    @property
    def live_post(self) -> Any:
        """The post that people can apply to now, if there is one."""
        return next((post for post in self.posts if post.state == "published"), None)

    @property
    def filled(self) -> int:
        return sum(seat.state == OpeningState.FILLED for seat in self.seats)


VIEW = "requisitions.view_requisition"


def get_requisition(
    user: User, requisition_id: int, permission: str = VIEW, *, ask: Words = DO_THAT
) -> Requisition:
    """The requisition with who and what it names, for who may; who only sees it and recruits reads whom to ask."""
    rows = Requisition.objects.select_related(*RELATED, "organisation__calendar")
    role = get_for(rows, requisition_id, user=user, permission=VIEW)
    check_may(user, permission, role, of=role, ask=ask)
    return role


def with_facts(user: User, requisition_id: int) -> Requisition:
    """The requisition with its criteria, seats and team."""
    rows = Requisition.objects.select_related(*RELATED).prefetch_related(
        Prefetch("criteria", Criterion.objects.order_by("position", "id")),
        Prefetch("openings", Opening.objects.order_by("number")),
        Prefetch("members", TeamMember.objects.select_related("user").order_by("id")),
    )
    return get_for(rows, requisition_id, user=user, permission=VIEW)


def with_way(user: User, requisition_id: int) -> Requisition:
    """The requisition with all that stands on the way to its advert, for somebody who writes it."""
    role = with_facts(user, requisition_id)
    check_may(
        user,
        "requisitions.change_requisition",
        role,
        of=role,
        ask=gettext_lazy("Ask %(recruiter)s to change this role."),
    )
    prefetch_related_objects([role], "stages", "posts")
    return role


def known_applications(user: User, **facts: Any) -> Count | CombinedExpression:
    """How many applications of a stage are so of whom this person may know.

    Applications belong to a higher floor: they, and from whom they are kept, are counted by their relations' names.
    """
    if is_surely_not(user, LESS):
        return Count("applications", filter=Q(**facts) if facts else None)
    kept = Q(applications__kept_from__user=user, applications__kept_from__lifted_at=None)
    every = Count("applications", filter=Q(**facts) if facts else None, distinct=True)
    return every - Count("applications", filter=Q(kept, **facts), distinct=True)


def overview(user: User, requisition_id: int, *, now: datetime, whole: bool = False) -> Overview:
    """Everything about one requisition; `whole` with all that ever happened."""
    requisition = with_facts(user, requisition_id)
    criteria = list(requisition.criteria.all())
    seats = [seat for seat in requisition.openings.all() if seat.state != OpeningState.CANCELLED]
    draft = requisition.state == RequisitionState.DRAFT
    # Stages and posts belong to higher slices: they are read by their relations' names.
    inside = known_applications(user, applications__state="active")
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
        figures=figures([requisition.pk], now=now, user=user)[requisition.pk],
        timeline=timeline(requisition, length=LONGEST if whole else LENGTH),
    )
