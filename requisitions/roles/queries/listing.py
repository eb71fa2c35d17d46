"""The list of requisitions; three queries, and two more where it has several pages."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from ats.kernel.rows import listed
from requisitions.roles.domain.figures import Figures, figures
from requisitions.roles.models import Requisition, RequisitionState
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


@dataclass(frozen=True, slots=True)
class Row:
    """One requisition of a list, with its figures; names in words, empty where there is none."""

    figures: Figures
    pk: int
    title: str
    reference: str
    state: str
    confidential: bool
    opened_at: datetime | None
    department: str
    location: str
    manager: str
    recruiter: str
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


# A model and four of what it points to for each line of the list take longer to build than to read.
ROWS = """
    SELECT r.id, r.title, r.reference, r.state, r.confidential, r.opened_at, coalesce(d.name, ''),
           coalesce(l.name, ''), coalesce(nullif(m.name, ''), m.email, ''), coalesce(nullif(u.name, ''), u.email),
           count(o.id) FILTER (WHERE o.state <> 'cancelled'), count(o.id) FILTER (WHERE o.state = 'filled')
    FROM requisitions_requisition r
    JOIN ats_user u ON u.id = r.recruiter_id
    LEFT JOIN ats_user m ON m.id = r.hiring_manager_id
    LEFT JOIN ats_department d ON d.id = r.department_id
    LEFT JOIN ats_location l ON l.id = r.location_id
    LEFT JOIN requisitions_opening o ON o.requisition_id = r.id
    WHERE r.id = ANY(%(ids)s)
    GROUP BY r.id, d.id, l.id, m.id, u.id
    ORDER BY array_position(%(ids)s, r.id)
"""


def requisition_list(
    user: User, wanted: RequisitionFilter, *, page: int | str, now: datetime
) -> tuple[Page[int], list[Row]]:
    """One page of the list: of their ids, and the lines."""
    ids = filtered(user, wanted).values_list("pk", flat=True)
    first = list(ids[: PAGE_SIZE + 1])
    shown = Paginator(first if len(first) <= PAGE_SIZE else ids, PAGE_SIZE).get_page(page)
    return shown, rows(list(shown), now=now)


def rows(ids: list[int], *, now: datetime) -> list[Row]:
    """A line for each of these, in their order; two queries."""
    if not ids:
        return []
    counted = figures(ids, now=now)
    return [Row(counted[facts[0]], *facts) for facts in listed(ROWS, {"ids": ids})]
