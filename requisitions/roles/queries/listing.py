"""The list of requisitions; three queries, and one more where it has several pages."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import connection

from ats.accounts.models import User
from ats.kernel import walls
from ats.kernel.rows import listed
from requisitions.roles.domain.figures import Figures, figures
from requisitions.roles.models import RequisitionState
from requisitions.roles.queries.sight import VISIBLE, viewer
from requisitions.roles.workflow import ENDED, LIVE

PAGE_SIZE = 50
STATES = {
    "live": [state.value for state in RequisitionState if state not in ENDED],
    "all": [state.value for state in RequisitionState],
}
"""By the word for several of them."""


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


# Who may see which of them is what `visible_to` says (a test holds them together).
FOUND = f"""
    SELECT r.id FROM requisitions_requisition r
    WHERE {VISIBLE}
      AND (NOT %(mine)s OR r.recruiter_id = %(user)s OR r.hiring_manager_id = %(user)s)
      AND r.state = ANY(%(states)s)
      AND (%(organisation)s IS NULL OR r.organisation_id = %(organisation)s)
      AND (%(department)s IS NULL OR r.department_id = %(department)s)
      AND NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) word
                      WHERE upper(r.title) NOT LIKE upper(word) AND upper(r.reference) NOT LIKE upper(word))
    ORDER BY CASE WHEN r.state = ANY(%(live)s) THEN 0 WHEN r.state = 'draft' THEN 1 ELSE 2 END,
             coalesce(r.opened_at, r.created_at) DESC, r.id DESC
    LIMIT %(most)s
"""  # noqa: S608


def found(user: User, wanted: RequisitionFilter, *, most: int | None = None) -> list[int]:
    """The requisitions that `user` may see and asked for, by their ids: live ones first, then the newest."""
    if not user.is_active:
        return []
    values = {
        **viewer(user),
        "mine": wanted.mine,
        "states": STATES.get(wanted.state, [wanted.state]),
        "organisation": wanted.organisation_id,
        "department": wanted.department_id,
        "words": [f"%{connection.ops.prep_for_like_query(word)}%" for word in wanted.text.split()],
        "live": [state.value for state in LIVE],
        "most": most,
    }
    return [pk for (pk,) in listed(FOUND, values)]


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
BEHIND_A_WALL = ROWS.replace(
    "GROUP BY r.id, d.id, l.id,",
    "GROUP BY r.id, r.title, r.reference, r.state, r.confidential, r.opened_at, d.name, l.name,",
)
"""There a table does not know that all else follows from its key."""


def requisition_list(
    user: User, wanted: RequisitionFilter, *, page: int | str, now: datetime
) -> tuple[Page[int], list[Row]]:
    """One page of the list: of their ids, and the lines."""
    ids = found(user, wanted, most=PAGE_SIZE + 1)
    if len(ids) > PAGE_SIZE:
        ids = found(user, wanted)
    shown = Paginator(ids, PAGE_SIZE).get_page(page)
    return shown, rows(list(shown), now=now, user=user)


def rows(ids: list[int], *, now: datetime, user: User | None = None) -> list[Row]:
    """A line for each of these, in their order; two queries."""
    if not ids:
        return []
    counted = figures(ids, now=now, user=user)
    said = BEHIND_A_WALL if walls.stands() else ROWS
    return [Row(counted[facts[0]], *facts) for facts in listed(said, {"ids": ids})]
