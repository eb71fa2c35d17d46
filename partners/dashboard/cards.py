"""What a requisition's own page shows of its partnership."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse

from ats.accounts.models import User
from partners.checkins import workflow
from partners.checkins.pages import cards
from partners.checkins.pages.cards import Clock
from partners.checkins.queries import known, owing
from partners.commitments.models import OWED
from partners.dashboard import queries
from partners.partnerships.models import AgreementState, Partnership, PartnerSide
from partners.partnerships.rules import SIDE_OF_ROLE
from requisitions.models import Requisition
from requisitions.roles.domain.figures import Owed, provide_owing
from requisitions.roles.pages.cards import Panel, panel
from requisitions.roles.workflow import LIVE


@panel("side")
def partnership_panel(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """What both sides kept and missed, when they meet next, and the way to the dashboard; for the partners."""
    rows = Partnership.objects.visible_to(user).prefetch_related("agreements", "check_ins")
    partnership = rows.filter(requisition=requisition).first()
    if partnership is None:
        return None
    recruiter, manager = queries.together(queries.themes(known.groups(partnership.pk, now=now)))
    context = {
        "partnership": partnership,
        "role": requisition,
        "recruiter": recruiter,
        "manager": manager,
        "agreed": any(row.state == AgreementState.ACCEPTED for row in partnership.agreements.all()),
        "meets": next((row for row in partnership.check_ins.all() if row.state in workflow.AHEAD), None),
    }
    return Panel("partners/dashboard/panel.html", context)


NEAR = timedelta(days=1)
"""A word on where the role stands is owed nearly always: it shows near its date."""

FIRSTS = """
    SELECT DISTINCT ON (c.side) c.side, c.kind, c.due_at, c.until_at < %(now)s, c.applications, p.id
    FROM partners_partnership p JOIN partners_commitment c ON c.partnership_id = p.id
    WHERE p.requisition_id = %(role)s AND c.state = ANY(%(owed)s) AND c.over_at IS NULL AND c.started_at <= %(now)s
      AND (c.kind <> 'weekly_update' OR c.due_at <= %(near)s)
      AND (%(oversees)s OR EXISTS (SELECT FROM requisitions_teammember t WHERE t.requisition_id = p.requisition_id
                                   AND t.user_id = %(user)s AND t.role = ANY(%(partners)s)))
    ORDER BY c.side, c.until_at, c.due_at, c.id
"""
"""Of each side what comes first, for who may see the partnership (`visible_to`)."""


@provide_owing
def what_partners_owe(requisition: Requisition, *, user: User, now: datetime, only_late: bool) -> list[Owed]:
    """Of each side what comes first by the agreement, who is late on top; one query where nothing is owed."""
    if requisition.state not in LIVE:
        return []
    values: dict[str, Any] = {
        "role": requisition.pk,
        "now": now,
        "near": now + NEAR,
        "owed": [state.value for state in OWED],
        "oversees": user.oversees,
        "user": user.pk,
        "partners": [role.value for role in SIDE_OF_ROLE],
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRSTS, values)
        rows = [First(*row) for row in cursor.fetchall()]
    rows = sorted(
        (row for row in rows if row.late or not only_late), key=lambda row: (not row.late, row.due_at)
    )
    # Where only lateness is told, as in the head of a board, it is told without names.
    names = {} if only_late else cards.names_of(number for row in rows for number in row.people)
    return [_owed(row, requisition, names, now) for row in rows]


@dataclass(frozen=True)
class First:
    side: str
    kind: str
    due_at: datetime
    late: bool
    people: list[int]
    partnership: int


def _owed(first: First, requisition: Requisition, names: dict[int, str], now: datetime) -> Owed:
    recruits = first.side == PartnerSide.RECRUITER
    whom = [names[number] for number in first.people if number in names]
    clock = Clock(requisition.organisation.calendar, now)
    return Owed(
        who=(None if recruits else requisition.hiring_manager) or requisition.recruiter,
        said=owing.in_words(first.kind, cards.listed(whom, len(first.people)) if whom else ""),
        due_at=first.due_at,
        lateness=clock.lateness(first.due_at) if first.late else "",
        href=f"{reverse('dashboard')}?role={first.partnership}",
    )
