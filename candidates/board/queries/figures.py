"""Figures for the floors below: how many are in play for a role, and how well its company keeps its word."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q

from ats.accounts.models import User
from ats.kernel.rows import listed
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.promises.models import UNSETTLED, WAITS_TOO_LONG, Promise, PromiseState
from requisitions.careers.domain import response_record as response
from requisitions.careers.domain.response_record import Record
from requisitions.models import Side
from requisitions.roles.domain import figures as hook
from requisitions.roles.domain.figures import Figures

PERIOD = timedelta(days=90)
APPLICANTS = 500
"""The record rests on the last applicants of the period, no more than these: that costs the same for all."""


# What is late is read once from its index and looked up: asked of each who is in play, it is most of the time.
IN_PLAY = """
    SELECT a.requisition_id, count(*),
           count(*) FILTER (WHERE a.stage_id IN (SELECT id FROM requisitions_stage WHERE kind = 'applied')),
           count(*) FILTER (WHERE a.id IN (
               SELECT p.application_id FROM candidates_promise p WHERE p.state = 'open' AND {late}))
    FROM candidates_application a
    WHERE a.state = 'active' AND a.requisition_id = ANY(%(ids)s)
      AND a.id <> ALL(ARRAY(SELECT application_id FROM candidates_keptfrom
                            WHERE user_id = %(user)s AND lifted_at IS NULL))
    GROUP BY a.requisition_id
"""


@hook.provide
def figures(requisitions: Iterable[int], *, now: datetime, user: User | None = None) -> dict[int, Figures]:
    """Of each of these requisitions that has somebody in play of whom the user may know; one query."""
    values = {"ids": list(requisitions), "now": now, "user": user.pk if user else None}
    rows = listed(IN_PLAY.format(late=WAITS_TOO_LONG), values)
    return {pk: Figures(active=active, new=new, overdue=overdue) for pk, active, new, overdue in rows}


@response.provide
def response_record(organisation: HiringOrganisation, now: datetime) -> Record:
    """Of the last applicants to whom something fell due, how many heard in time, every time; one query.

    A date that was changed before it came counts, and is told apart from one that was broken.
    """
    latest = (
        Application.objects.filter(requisition__organisation=organisation, applied_at__gte=now - PERIOD)
        .order_by("-applied_at", "-pk")
        .values("pk")[:APPLICANTS]
    )
    late = Q(state=PromiseState.BROKEN) | Q(state__in=UNSETTLED, due_at__lt=now)
    changed = Q(state=PromiseState.CHANGED)
    fallen_due = Promise.objects.filter(late | changed | Q(state=PromiseState.KEPT), application__in=latest)
    counted = fallen_due.exclude(side=Side.CANDIDATE).aggregate(
        total=Count("application", distinct=True),
        late=Count("application", distinct=True, filter=late),
        moved=Count("application", distinct=True, filter=late | changed),
    )
    return Record(
        kept=counted["total"] - counted["moved"],
        changed=counted["moved"] - counted["late"],
        total=counted["total"],
    )
