"""The path is read to its end, and its exercise done: once for each version, on record."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from partners.partnerships.models import Partnership
from partners.path.domain import exercise
from partners.path.domain.pages import VERSION
from partners.path.models import ExerciseDone, PathRead
from partners.path.rules import READ


@transaction.atomic
def read(*, partnership_id: int, by: User, now: datetime) -> PathRead:
    """This person has read the path as it is today, on this role; said twice, it stays as it was."""
    rows = Partnership.objects.select_related("requisition")
    partnership = get_for(rows, partnership_id, user=by, permission=READ)
    shown = partnership.agreements.order_by("-version").values_list("version", flat=True)[0]
    facts = {"partnership": partnership, "agreement": shown, "read_at": now}
    found, created = PathRead.objects.get_or_create(user=by, version=VERSION, defaults=facts)
    if created:
        record("path.read", subject=found, by=by, now=now, data={"version": VERSION})
    return found


@transaction.atomic
def exercised(*, by: User, now: datetime) -> ExerciseDone:
    """This person has marked all notes of the exercise; how is not told to anybody."""
    found, created = ExerciseDone.objects.get_or_create(
        user=by, version=exercise.VERSION, defaults={"done_at": now}
    )
    if created:
        record("path.exercised", subject=found, by=by, now=now)
    return found
