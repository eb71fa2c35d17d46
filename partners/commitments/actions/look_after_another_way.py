"""Candidates whom a message did not reach: their recruiter is reminded in time, the leads hear of who is late.

It is in the digest of the day, like a commitment, and none: it is owed to the candidate, and counts for nobody's
record. Where a promise to the candidate is about the same, the promise reminds (`AnotherWay.objects.by_the_clock`).
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.domain import sides
from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.duework.faults import apart
from ats.kernel.access import lock
from ats.organisation.models import HiringOrganisation
from candidates.internal.queries import may_hear, recruiter_of
from candidates.models import AnotherWay, Application
from partners.commitments import mails
from partners.commitments.actions.look_after import BATCH, OLDEST
from partners.commitments.actions.remind import FARTHEST, also, in_digests, near
from partners.commitments.domain import timing
from partners.commitments.domain.asked import Asked
from partners.commitments.domain.lines_up import above
from partners.partnerships.models import ESCALATE, PartnerSide

WHAT = "Reach a candidate another way: what we wrote has not reached them"
ROLE = "application__requisition"


def _whole(rows: QuerySet[AnotherWay]) -> QuerySet[AnotherWay]:
    house = f"{ROLE}__organisation"
    wanted = (
        "application__candidate",
        f"{ROLE}__recruiter",
        f"{house}__calendar",
        f"{house}__partnership_rules",
    )
    return rows.select_related(*wanted).defer("application__candidate__search").order_by("due_at", "pk")


def _house(row: AnotherWay) -> HiringOrganisation:
    return row.application.requisition.organisation


def note_unreached(now: datetime) -> int:
    """One batch of those who are to be reached soon: the next digest of their recruiter is planned; how many."""
    by_owner: dict[User, list[AnotherWay]] = defaultdict(list)
    for row in _whole(AnotherWay.objects.to_remind(now=now, until=now + FARTHEST))[:BATCH]:
        if near(_house(row), row.due_at, now=now):
            by_owner[recruiter_of(row.application)].append(row)
    return in_digests(by_owner, lambda row: _house(row).calendar, now)


@also
def unreached_of(people: Collection[int], now: datetime) -> list[Asked]:
    """Whom these people are to reach, near its time or past it."""
    rows = AnotherWay.objects.by_the_clock().filter(due_at__gt=now - OLDEST, due_at__lte=now + FARTHEST)
    found = []
    for row in _whole(rows):
        if row.due_at < now or near(_house(row), row.due_at, now=now):
            owner = recruiter_of(row.application)
            if owner.pk in people:
                title = row.application.requisition.title
                found.append(Asked(title, WHAT, owner, row.due_at, is_past=row.due_at < now))
    return found


def late_unreached(*, now: datetime, oldest: datetime) -> QuerySet[AnotherWay]:
    return AnotherWay.objects.late(now=now, oldest=oldest)


def escalate_unreached(now: datetime) -> int:
    """The leads hear of those who are late since as many working days as the organisation says; how many these were."""
    rows = [row for row in _whole(late_unreached(now=now, oldest=now - OLDEST))[:BATCH] if _goes_up(row, now)]
    return sum(apart(f"Another way {row.pk}", partial(_escalate, row, now)) for row in rows)


def _goes_up(row: AnotherWay, now: datetime) -> bool:
    house = _house(row)
    rules = getattr(house, "partnership_rules", None)
    days = rules.escalate_days if rules else ESCALATE
    return timing.goes_up(house.calendar, row.due_at, days=days, now=now)


@transaction.atomic
def _escalate(row: AnotherWay, now: datetime) -> int:
    lock(Application, row.application_id)
    late = AnotherWay.objects.by_the_clock().filter(pk=row.pk, escalated_at__isnull=True)
    if not late.update(escalated_at=now):  # somebody has reached them meanwhile
        return 0
    owner = recruiter_of(row.application)
    overseers = sides.working_for(
        User.objects.filter(is_active=True, role__in=[Role.LEAD, Role.ADMIN]).order_by("name", "pk"),
        row.application.requisition.organisation_id,
    )
    told = above(
        row.application.requisition,
        PartnerSide.RECRUITER,
        leads=[user for user in overseers if user.role == Role.LEAD],
        admins=[user for user in overseers if user.role == Role.ADMIN],
    )
    people = may_hear((user for user in told.people if user != owner), row.application_id)
    due = mails.day_of(row.due_at, _house(row).calendar.zone)
    names = ", ".join(str(user) for user in people) or "nobody: there is nobody above"
    data = {"to": names, "to_ids": [user.pk for user in people], "due": due}
    record("another_way.escalated", subject=row, by=None, now=now, data=data)
    for person in people:
        mails.send_unreached(row, person, owner, now=now)
    return 1
