"""Reading the record afterwards, in its order: for work that no page has to wait for.

Whoever hears asks for what settled since the last time, in a transaction of its own, and does it in the same one.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from ats.activity.models import Activity, HeardTo
from ats.kernel.prepared import Statement

SETTLED = timedelta(minutes=2)
"""So long it waits: what was recorded before may be committed after."""
BATCH = 200
_IDLE = """
    SELECT 1 FROM ats_heardto l WHERE l.name = %s AND NOT EXISTS (
        SELECT FROM ats_activity a WHERE a.verb = ANY(%s) AND a.occurred_at >= l.heard_to
            AND (a.occurred_at, a.id) > (l.heard_to, l.heard_id) AND a.occurred_at <= %s)
"""


def news(name: str, verbs: Collection[str], now: datetime) -> Statement:
    """Whether something is to be heard, or nobody has begun to listen."""
    return Statement(f"NOT EXISTS ({_IDLE})", (name, list(verbs), now - SETTLED))


def is_quiet(name: str, verbs: Collection[str], now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_IDLE, [name, list(verbs), now - SETTLED])
        return cursor.fetchone() is not None


def begin(name: str, *, now: datetime) -> None:
    """From now on: what was before is not heard any more."""
    HeardTo.objects.update_or_create(name=name, defaults={"heard_to": now, "heard_id": 0})


def heard(name: str, verbs: Collection[str], now: datetime, *, most: int = BATCH) -> list[Activity]:
    """What settled since, noted as heard when this transaction commits; nothing where another one listens."""
    HeardTo.objects.bulk_create([HeardTo(name=name, heard_to=now)], ignore_conflicts=True)
    row = HeardTo.objects.select_for_update(skip_locked=True, no_key=True).filter(name=name).first()
    if row is None:
        return []
    later = Q(occurred_at__gt=row.heard_to) | Q(occurred_at=row.heard_to, pk__gt=row.heard_id)
    rows = Activity.objects.filter(later, verb__in=verbs, occurred_at__gte=row.heard_to)
    found = list(rows.filter(occurred_at__lte=now - SETTLED).order_by("occurred_at", "pk")[:most])
    if found:
        row.heard_to, row.heard_id = found[-1].occurred_at, found[-1].pk
        row.save(update_fields=["heard_to", "heard_id"])
    return found
