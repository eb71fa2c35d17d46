"""A minute after two records were put together: what was on its way to the one comes along to the other."""

from datetime import datetime, timedelta

from ats.kernel.access import lock_all
from candidates.applications.models import Application
from candidates.duplicates.actions.move import how_many, move
from candidates.duplicates.models import Merge
from candidates.people.actions import index
from candidates.people.models import Candidate

LATER = timedelta(minutes=5)
MUCH_LATER = timedelta(hours=6)


def hold_people(merge_id: int) -> None:
    """The locks that come before the row's own (docs/adr/0025-one-lock-order.md)."""
    people = Merge.objects.filter(pk=merge_id).values_list("kept", "lost")
    ids = [number for pair in people for number in pair]
    lock_all(Candidate, ids)
    lock_all(Application, Application.objects.filter(candidate__in=ids).values_list("pk", flat=True))


def sweep(row: Merge, now: datetime) -> None:
    """Once more, for a page that was open may have written what nobody could see yet."""
    if row.before:  # they are there still
        more = move(lost=row.lost_id, kept=row.kept_id, now=now)
        for label, ids in more.items():
            row.came[label] = sorted({*row.came.get(label, ()), *ids})
        if more:
            index.refresh([row.kept_id])
    row.sweep_at = _next(row, now)
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    row.save(update_fields=["came", "sweep_at", "attempts", "retry_at", "last_error"])


def _next(row: Merge, now: datetime) -> datetime | None:
    """Again, while somebody held what was to come; an application that cannot come waits until the other one ended."""
    left = how_many(lost=row.lost_id)
    if left.get("candidates.Application.candidate"):
        return now + MUCH_LATER
    return now + LATER if now < row.merged_at + LATER else None
