"""Whoever is to change something is reminded of it like of a commitment, in the same message."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.duework.faults import apart
from ats.organisation.domain import working_time
from partners.commitments.actions import FARTHEST, also, near, plan_digest
from partners.commitments.domain.asked import Asked
from partners.corrections.models import CorrectionStep
from partners.delegations.queries import acting_for

BATCH = 200
OLDEST = timedelta(days=30)
"""What was due longer ago is in no reminder any more; it stays on its page."""
ROLE = "correction__partnership__requisition"
WITH_ROLE = (f"{ROLE}__organisation__calendar", f"{ROLE}__organisation__partnership_rules", "owner")


def note_near(now: datetime) -> int:
    """One batch of changes that come due soon: their owner's next digest is planned; how many there were."""
    days = (now.date(), (now + FARTHEST).date())
    rows = (
        CorrectionStep.objects.ahead()
        .filter(nudged_at__isnull=True, due_on__range=days)
        .order_by("due_on", "pk")
    )
    by_owner: dict[User, list[CorrectionStep]] = defaultdict(list)
    for step in _whole(rows)[:BATCH]:
        role = step.correction.partnership.requisition
        if near(role.organisation, _due_at(step), now=now):
            by_owner[step.owner].append(step)
    stand_ins = acting_for()
    return sum(_note(mine, stand_ins.get(owner.pk, owner), now) for owner, mine in by_owner.items())


def _note(rows: list[CorrectionStep], reader: User, now: datetime) -> int:
    """One person's; where that fails it holds up nobody else."""

    def work() -> int:
        plan_digest(reader, rows[0].correction.partnership.requisition.organisation.calendar, now)
        pks = [step.pk for step in rows]
        return CorrectionStep.objects.filter(pk__in=pks, nudged_at__isnull=True).update(nudged_at=now)

    return apart(f"What was agreed with {reader.pk}", work)


@also
def steps_of(people: Collection[int], now: datetime) -> list[Asked]:
    """What these people are to change that is near or was missed; one query."""
    days = ((now - OLDEST).date(), (now + FARTHEST).date())
    rows = CorrectionStep.objects.ahead().filter(owner__in=people, due_on__range=days)
    found = []
    for step in _whole(rows.order_by("due_on", "pk")):
        role, due_at = step.correction.partnership.requisition, _due_at(step)
        if due_at < now or near(role.organisation, due_at, now=now):
            found.append(Asked(role.title, step.text, step.owner, due_at, is_past=due_at < now))
    return found


def _whole(rows: QuerySet[CorrectionStep]) -> QuerySet[CorrectionStep]:
    return rows.select_related(*WITH_ROLE)


def _due_at(step: CorrectionStep) -> datetime:
    return working_time.end_of(step.correction.partnership.requisition.organisation.calendar, step.due_on)
