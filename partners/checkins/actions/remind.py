"""Whoever took something on in a check-in is reminded of it like of a commitment, in the same message."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.duework.faults import apart
from ats.organisation.domain import working_time
from partners.checkins.models import CheckInAction
from partners.commitments.actions import FARTHEST, also, near, plan_digest
from partners.commitments.domain.asked import Asked
from partners.delegations.queries import acting_for

BATCH = 200
OLDEST = timedelta(days=30)
"""What was due longer ago is in no reminder any more; it stays on the agenda."""
ROLE = "check_in__partnership__requisition"
WITH_ROLE = (f"{ROLE}__organisation__calendar", f"{ROLE}__organisation__partnership_rules", "owner")


def note_near(now: datetime) -> int:
    """One batch of actions that come due soon: their owner's next digest is planned; how many there were."""
    days = (now.date(), (now + FARTHEST).date())
    rows = CheckInAction.objects.to_remind().filter(due_on__range=days).order_by("due_on", "pk")
    by_owner: dict[User, list[CheckInAction]] = defaultdict(list)
    for action in _whole(rows)[:BATCH]:
        role = action.check_in.partnership.requisition
        if near(role.organisation, _due_at(action), now=now):
            by_owner[action.owner].append(action)
    stand_ins = acting_for()
    return sum(_note(mine, stand_ins.get(owner.pk, owner), now) for owner, mine in by_owner.items())


def _note(rows: list[CheckInAction], reader: User, now: datetime) -> int:
    """One person's; where that fails it holds up nobody else."""

    def work() -> int:
        plan_digest(reader, rows[0].check_in.partnership.requisition.organisation.calendar, now)
        pks = [action.pk for action in rows]
        return CheckInAction.objects.filter(pk__in=pks, nudged_at__isnull=True).update(nudged_at=now)

    return apart(f"What was agreed with {reader.pk}", work)


@also
def actions_of(people: Collection[int], now: datetime) -> list[Asked]:
    """What these people took on that is near or was missed; one query."""
    days = ((now - OLDEST).date(), (now + FARTHEST).date())
    rows = CheckInAction.objects.ahead().filter(owner__in=people, due_on__range=days)
    found = []
    for action in _whole(rows.order_by("due_on", "pk")):
        role, due_at = action.check_in.partnership.requisition, _due_at(action)
        if due_at < now or near(role.organisation, due_at, now=now):
            found.append(Asked(role.title, action.text, action.owner, due_at, is_past=due_at < now))
    return found


def _whole(rows: QuerySet[CheckInAction]) -> QuerySet[CheckInAction]:
    return rows.select_related(*WITH_ROLE)


def _due_at(action: CheckInAction) -> datetime:
    return working_time.end_of(action.check_in.partnership.requisition.organisation.calendar, action.due_on)
