"""All partnerships, worst first by the facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, DateTimeField, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from ats.kernel import rows
from candidates.models import KEPT_FROM_ANYBODY, WAITS_TOO_LONG
from partners.checkins import workflow
from partners.checkins.models import CheckIn
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnershipState
from partners.partnerships.rules import SIDE_OF_ROLE

PER_PAGE = 40

# Missed ones are counted from their own small index, for those shown alone; who waits too long once for all roles,
# each looked up by their key: few wait so, where PostgreSQL reckons with most, and it would read all applications.
RANKED = f"""
    WITH late AS (
        SELECT w.requisition_id, count(*) AS people
        FROM (SELECT (SELECT a.requisition_id FROM candidates_application a
                      WHERE a.id = p.application_id AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS requisition_id
              FROM candidates_promise p WHERE p.state = 'open' AND {WAITS_TOO_LONG} OFFSET 0) AS w
        WHERE w.requisition_id IS NOT NULL GROUP BY w.requisition_id)
    SELECT p.id, m.recruiter, m.manager, coalesce(l.people, 0) AS people
    FROM partners_partnership p
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE side = 'recruiter') AS recruiter,
               count(*) FILTER (WHERE side = 'manager') AS manager
        FROM partners_commitment WHERE partnership_id = p.id AND state = 'missed') AS m
    LEFT JOIN late l ON l.requisition_id = p.requisition_id
    WHERE p.state = %(state)s
      AND (%(all)s OR EXISTS (SELECT FROM requisitions_teammember t WHERE t.requisition_id = p.requisition_id
                              AND t.user_id = %(user)s AND t.role = ANY(%(partners)s)))
    ORDER BY m.recruiter + m.manager + 2 * coalesce(l.people, 0) DESC, p.started_at, p.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Ranked:
    """One partnership, with what is missed on both sides and how many candidates wait too long."""

    pk: int
    missed_recruiter: int
    missed_manager: int
    waiting_late: int


def ranked(user: User, *, ended: bool, mine: bool, now: datetime) -> list[Ranked]:
    """All that this person sees, or those they are a partner of; one query."""
    values = {
        "state": (PartnershipState.CLOSED if ended else PartnershipState.ACTIVE).value,
        "all": user.is_active and user.oversees and not mine,
        "user": user.pk,
        "partners": [role.value for role in SIDE_OF_ROLE],
        "now": now,
    }
    return [Ranked(*row) for row in rows.listed(RANKED, values)]


@dataclass(frozen=True, slots=True)
class Line:
    """One partnership as the list shows it."""

    partnership: Partnership
    figures: Ranked

    @property
    def both_kept(self) -> bool:
        return not (self.figures.missed_recruiter or self.figures.missed_manager)


def page(user: User, *, number: str, ended: bool, mine: bool, now: datetime) -> Page[Line]:
    """Two queries, however many there are."""
    found = Paginator(ranked(user, ended=ended, mine=mine, now=now), PER_PAGE).get_page(number)
    whole = _whole([each.pk for each in found.object_list])
    lines = [Line(whole[each.pk], each) for each in found.object_list]
    return Page(lines, found.number, cast("Paginator[Line]", found.paginator))


def _whole(numbers: list[int]) -> dict[int, Partnership]:
    """What a line shows of each: its role and partners, whether the agreement is accepted, the next check-in."""
    accepted = Agreement.objects.filter(partnership=OuterRef("pk"), state=AgreementState.ACCEPTED)
    ahead = CheckIn.objects.filter(partnership=OuterRef("pk"), state__in=workflow.AHEAD)
    found = Partnership.objects.filter(pk__in=numbers).select_related(
        "requisition__recruiter", "requisition__hiring_manager", "requisition__department"
    )
    return {
        row.pk: row
        for row in found.annotate(
            agreed=_counted(accepted.values("partnership")),
            meets_at=Subquery(ahead.values("scheduled_at")[:1], output_field=DateTimeField()),
        )
    }


def _counted(found: QuerySet) -> Coalesce:
    """How many of these rows there are for the outer one; they come grouped by it."""
    count = found.order_by().annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
