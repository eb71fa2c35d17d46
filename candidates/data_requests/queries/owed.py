"""What of it waits for somebody today, for their day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.data_requests.models import DataComplaint, DataCopy, DataCorrection
from candidates.data_requests.queries.listing import Line, of_complaint, of_copy, of_correction

COPY_TAKES = timedelta(hours=6)
"""A copy that is not made by then needs a person."""


def owed(user: User, roles: Sequence[int], *, now: datetime, most: int = 6) -> list[Line]:
    """Requests to put right, of whoever applied for these roles; who leads sees besides what nobody else would.

    These are complaints, requests of people without an application, what is late, and copies that are stuck.
    """
    applied = Application.objects.filter(candidate=OuterRef("candidate"))
    mine = Q(Exists(applied.filter(requisition__in=list(roles))))
    if user.oversees:
        mine |= Q(due_at__lt=now) | ~Q(Exists(applied))
    rows = DataCorrection.objects.open().visible_to(user).filter(mine)
    rows = rows.select_related("candidate").defer("candidate__search").order_by("due_at", "pk")
    found = [of_correction(row) for row in rows[:most]]
    if user.oversees:
        complaints = DataComplaint.objects.open().visible_to(user).order_by("due_at", "pk")
        stuck = DataCopy.objects.making().visible_to(user).filter(asked_at__lt=now - COPY_TAKES)
        copies = stuck.select_related("candidate").defer("candidate__search").order_by("due_at", "pk")
        found += [of_complaint(row) for row in complaints[:most]]
        found += [of_copy(row) for row in copies[:most]]
    return sorted(found, key=lambda line: line.due_at)[:most]
