"""A hiring manager who is asked when they can sit in an interview is reminded of it once, like of a commitment.

It is in their digest of the day, near its time. Whoever of the others is asked stands as overdue with who arranges it:
the digest speaks of roles that one leads.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from ats.accounts.models import User
from ats.kernel.kept import kept
from ats.organisation.models import HiringOrganisation
from candidates.models import ApplicationState, AvailabilityRequest, AvailabilityState, KeptFrom
from partners.commitments.actions.look_after import BATCH, OLDEST
from partners.commitments.actions.remind import FARTHEST, also, in_digests, near
from partners.commitments.domain.asked import Asked
from partners.partnerships.models import PartnershipState

ROLE = "application__requisition"


def _ahead() -> QuerySet[AvailabilityRequest]:
    """What the managers of running roles have not said yet, about people of whom they may know."""
    rows = AvailabilityRequest.objects.filter(
        state=AvailabilityState.OPEN,
        application__state=ApplicationState.ACTIVE,
        application__requisition__hiring_manager=F("interviewer"),
        application__requisition__partnership__state=PartnershipState.ACTIVE,
    )
    kept = KeptFrom.objects.in_force().filter(
        application=OuterRef("application"), user=OuterRef("interviewer")
    )
    return rows.filter(~Exists(kept))


def _whole(rows: QuerySet[AvailabilityRequest]) -> QuerySet[AvailabilityRequest]:
    house = f"{ROLE}__organisation"
    wanted = ("interviewer", "planned", f"{house}__calendar", f"{house}__partnership_rules")
    return rows.select_related(*wanted).order_by("due_at", "pk")


def untold_times(*, now: datetime, until: datetime) -> QuerySet[AvailabilityRequest]:
    """What may come due soon; how soon is for each organisation's calendar to say."""
    return _ahead().filter(nudged_at__isnull=True, due_at__gt=now, due_at__lte=until)


def note_times(now: datetime) -> int:
    """One batch of the questions that come due soon: its reader's next digest is planned; how many there were."""
    rows = _whole(untold_times(now=now, until=now + FARTHEST))
    by_person: dict[User, list[AvailabilityRequest]] = defaultdict(list)
    for row in rows[:BATCH]:
        if near(_house(row), row.due_at, now=now):
            by_person[row.interviewer].append(row)
    return in_digests(by_person, lambda row: _house(row).calendar, now)


@also
def times_asked_of(people: Collection[int], now: datetime) -> list[Asked]:
    """What these people are asked and have not said, near its time or past it; one query."""
    rows = _whole(_ahead()).filter(
        interviewer__in=people, due_at__gt=now - OLDEST, due_at__lte=now + FARTHEST
    )
    return [
        Asked(
            row.application.requisition.title,
            kept(f"Say when you can sit in an interview ({row.planned.name})"),
            row.interviewer,
            row.due_at,
            is_past=row.due_at < now,
        )
        for row in rows
        if row.due_at < now or near(_house(row), row.due_at, now=now)
    ]


def _house(row: AvailabilityRequest) -> HiringOrganisation:
    return row.application.requisition.organisation
