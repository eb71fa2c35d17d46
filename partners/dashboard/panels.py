"""What a requisition's own page shows of its partnership."""

from datetime import datetime

from django.urls import reverse

from ats.accounts.models import User
from partners.checkins import cards, owing, workflow
from partners.checkins.cards import Clock
from partners.commitments.models import Commitment
from partners.dashboard import queries
from partners.partnerships.models import AgreementState, Partnership, PartnerSide
from requisitions.models import Requisition
from requisitions.roles.figures import Owed, Panel, panel, provide_owing
from requisitions.roles.workflow import LIVE

MOST_READ = 200
"""Commitments of a role that are read to find what comes first."""


@panel("side")
def partnership_panel(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """What both sides kept and missed, when they meet next, and the way to the dashboard; for the partners."""
    rows = Partnership.objects.visible_to(user).prefetch_related("agreements", "check_ins")
    partnership = rows.filter(requisition=requisition).first()
    if partnership is None:
        return None
    recruiter, manager = queries.together(queries.themes(owing.groups(partnership.pk)))
    context = {
        "partnership": partnership,
        "role": requisition,
        "recruiter": recruiter,
        "manager": manager,
        "agreed": any(row.state == AgreementState.ACCEPTED for row in partnership.agreements.all()),
        "meets": next((row for row in partnership.check_ins.all() if row.state in workflow.AHEAD), None),
    }
    return Panel("partners/dashboard/panel.html", context)


@provide_owing
def what_partners_owe(requisition: Requisition, *, user: User, now: datetime) -> list[Owed]:
    """Of each side what comes first by the agreement, who is late on top; one query where nothing is owed."""
    if requisition.state not in LIVE:
        return []
    visible = Partnership.objects.visible_to(user).filter(requisition=requisition.pk)
    rows = Commitment.objects.owed().filter(partnership__in=visible).order_by("until_at", "due_at", "pk")
    firsts = _firsts(list(rows[:MOST_READ]))
    if not firsts:
        return []
    clock = Clock(requisition.organisation.calendar, now)
    names = cards.names_of(number for _, people in firsts.values() for number in people)
    said = [_owed(first, people, requisition, clock, names) for first, people in firsts.values()]
    return sorted(said, key=lambda each: (not each.lateness, each.due_at))


def _firsts(rows: list[Commitment]) -> dict[str, tuple[Commitment, list[int]]]:
    """By side what comes first, with everybody about whom the same is owed."""
    firsts: dict[str, tuple[Commitment, list[int]]] = {}
    for row in rows:
        first, people = firsts.setdefault(row.side, (row, []))
        if first.kind == row.kind:
            people += [number for number in row.applications if number not in people]
    return firsts


def _owed(
    first: Commitment, people: list[int], requisition: Requisition, clock: Clock, names: dict[int, str]
) -> Owed:
    recruits = first.side == PartnerSide.RECRUITER
    whom = [names[number] for number in people if number in names]
    return Owed(
        who=(None if recruits else requisition.hiring_manager) or requisition.recruiter,
        said=owing.in_words(first.kind, cards.listed(whom, len(people)) if whom else ""),
        due_at=first.due_at,
        lateness=clock.lateness(first.due_at) if first.until_at < clock.now else "",
        href=f"{reverse('dashboard')}?role={first.partnership_id}",
    )
