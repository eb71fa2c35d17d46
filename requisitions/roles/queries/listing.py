"""The list of requisitions; three queries."""

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
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from requisitions.roles.domain.figures import Figures, figures
from requisitions.roles.models import (
    Opening,
    OpeningState,
    Requisition,
    RequisitionState,
)
from requisitions.roles.queries.overview import RELATED
from requisitions.roles.workflow import ENDED, LIVE

PAGE_SIZE = 50


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
