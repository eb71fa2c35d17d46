"""Looking for people who may be one: whoever came or was changed since, and once through everybody."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Q

from ats.activity.models import Activity
from ats.duework.faults import each_apart
from ats.kernel.prepared import Statement
from candidates.duplicates.models import Likeness, LookedThrough
from candidates.duplicates.queries.finding import alike
from candidates.people.models import Candidate

HEARD = (
    "candidate.added",
    "candidate.changed",
    "candidate.address_added",
    "application.came_to_light",
    "document.added",
)
BATCH = 100
SETTLED = timedelta(minutes=2)
"""So long it waits: what was recorded before may be committed after."""
_IDLE = """
    SELECT 1 FROM candidates_lookedthrough l WHERE l.walked_to IS NULL AND NOT EXISTS (
        SELECT FROM ats_activity a WHERE a.verb = ANY(%s) AND a.occurred_at >= l.heard_to
            AND (a.occurred_at, a.id) > (l.heard_to, l.heard_id) AND a.occurred_at <= %s)
"""


def due(now: datetime) -> Statement:
    """Whether somebody came or was changed, or not everybody was looked at yet."""
    return Statement(f"NOT EXISTS ({_IDLE})", (list(HEARD), now - SETTLED))


def _is_idle(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_IDLE, [list(HEARD), now - SETTLED])
        return cursor.fetchone() is not None


def look(now: datetime) -> int:
    """One batch; how many people were looked at. Who looks at this moment is passed by."""
    if _is_idle(now):
        return 0
    with transaction.atomic():
        LookedThrough.objects.bulk_create([LookedThrough(id=1, heard_to=now)], ignore_conflicts=True)
        row = LookedThrough.objects.select_for_update(skip_locked=True).filter(id=1).first()
        if row is None:
            return 0
        before = (row.heard_id, row.walked_to)
        wanted = _heard(row, now) or _walked(row)
        people = Candidate.objects.without_words().filter(pk__in=wanted).order_by("pk")
        each_apart(people, partial(note, now=now))
        if (row.heard_id, row.walked_to) != before:
            row.save(update_fields=["heard_to", "heard_id", "walked_to"])
    return len(wanted)


def _heard(row: LookedThrough, now: datetime) -> list[int]:
    """Of whom something was recorded since, in the order in which it happened."""
    later = Q(occurred_at__gt=row.heard_to) | Q(occurred_at=row.heard_to, pk__gt=row.heard_id)
    rows = Activity.objects.filter(later, verb__in=HEARD, occurred_at__gte=row.heard_to)
    settled = rows.filter(occurred_at__lte=now - SETTLED).order_by("occurred_at", "pk")
    found = list(settled.values_list("candidate_id", "occurred_at", "pk")[:BATCH])
    if found:
        row.heard_to, row.heard_id = found[-1][1:]
    return sorted({number for number, *_ in found if number})


def _walked(row: LookedThrough) -> list[int]:
    if row.walked_to is None:
        return []
    rows = Candidate.objects.filter(pk__gt=row.walked_to).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    row.walked_to = ids[-1] if len(ids) == BATCH else None
    return ids


def note(candidate: Candidate, *, now: datetime) -> None:
    """Write down who may be the same as this person today; what is so no more goes, what was decided stays."""
    found = alike(candidate)
    known = {row.other_than(candidate.pk): row for row in Likeness.objects.of(candidate.pk)}
    gone = [row.pk for other, row in known.items() if other not in found and row.apart_at is None]
    Likeness.objects.filter(pk__in=gone).delete()
    for other, reasons in found.items():
        row = known.get(other)
        if row is not None and row.apart_at is None and set(row.reasons) != reasons:
            row.reasons = sorted(reasons)
            row.save(update_fields=["reasons"])
    _add(candidate, {other: found[other] for other in found.keys() - known.keys()}, now=now)


def _add(candidate: Candidate, found: dict[int, Collection[str]], *, now: datetime) -> None:
    rows = [
        Likeness(
            first_id=min(candidate.pk, other),
            second_id=max(candidate.pk, other),
            reasons=sorted(reasons),
            found_at=now,
        )
        for other, reasons in sorted(found.items())
    ]
    Likeness.objects.bulk_create(rows, ignore_conflicts=True)
