"""What a journey asks of somebody is in their digest of the day, once, near its time: like a commitment."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.organisation.models import HiringOrganisation
from candidates.models import KeptFrom, StepTask
from partners.commitments.actions.look_after import BATCH, OLDEST
from partners.commitments.actions.remind import FARTHEST, also, in_digests, near
from partners.commitments.domain.asked import Asked

HOUSE = "application__requisition__organisation"


def _ahead() -> QuerySet[StepTask]:
    """What is not done, about people of whom its owner may know."""
    kept = KeptFrom.objects.in_force().filter(application=OuterRef("application"), user=OuterRef("owner"))
    return StepTask.objects.open().filter(~Exists(kept), owner__is_active=True)


def _whole(rows: QuerySet[StepTask]) -> QuerySet[StepTask]:
    return rows.select_related("owner", f"{HOUSE}__calendar", f"{HOUSE}__partnership_rules").order_by(
        "due_at", "pk"
    )


def untold_tasks(*, now: datetime, until: datetime) -> QuerySet[StepTask]:
    """What may come due soon; how soon is for each organisation's calendar to say."""
    return _ahead().filter(nudged_at__isnull=True, due_at__gt=now, due_at__lte=until)


def note_tasks(now: datetime) -> int:
    """One batch of the tasks that come due soon: their owner's next digest is planned; how many there were."""
    rows = _whole(untold_tasks(now=now, until=now + FARTHEST))
    by_person: dict[User, list[StepTask]] = defaultdict(list)
    for row in rows[:BATCH]:
        if near(_house(row), row.due_at, now=now):
            by_person[row.owner].append(row)
    return in_digests(by_person, lambda row: _house(row).calendar, now)


@also
def tasks_asked_of(people: Collection[int], now: datetime) -> list[Asked]:
    """What these people are asked and have not done, near its time or past it; one query."""
    rows = _whole(_ahead()).filter(owner__in=people, due_at__gt=now - OLDEST, due_at__lte=now + FARTHEST)
    return [
        Asked(row.application.requisition.title, row.what, row.owner, row.due_at, is_past=row.due_at < now)
        for row in rows
        if row.due_at < now or near(_house(row), row.due_at, now=now)
    ]


def _house(row: StepTask) -> HiringOrganisation:
    return row.application.requisition.organisation
