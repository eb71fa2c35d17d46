"""Support that recruiters asked for, and whose due row it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from partners.declined.models import Addition, DeclinedAddition
from partners.declined.queries.sight import case_of, office

MOST = 20


@dataclass(frozen=True)
class Asked:
    """A line of somebody's day: who asks for support, about what, and by when it is due."""

    pk: int
    recorder: User
    subject: str
    due_at: datetime


def waiting() -> QuerySet[DeclinedAddition]:
    """What was asked for and not given since."""
    given = DeclinedAddition.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
        record=OuterRef("record"),
        kind=Addition.SUPPORTED,
    )
    return DeclinedAddition.objects.filter(~Exists(given), kind=Addition.SUPPORT)


def open_support(records: Collection[int]) -> dict[int, datetime]:
    """By when support is due, of those of these records that wait for it."""
    rows = waiting().filter(record__in=records)
    return {row.record_id: row.due_at for row in rows if row.due_at}


def asked_of(user: User) -> list[Asked]:
    """The due rows of this person: four statements, whatever there is."""
    there = office()
    rows = waiting().select_related("record__recorded_by").order_by("due_at", "pk")
    mine = [row for row in rows if user.pk in there.supporters(case_of(row.record))]
    return [
        Asked(row.record.pk, row.record.recorded_by, row.record.subject, row.due_at)
        for row in mine[:MOST]
        if row.due_at
    ]
