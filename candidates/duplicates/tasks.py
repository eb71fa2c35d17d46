"""What the clock does about people who may be one, and about what was put together."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.duplicates.actions import look, sweep
from candidates.duplicates.models import Merge


@lane("duplicates", due=look.due)
def look_for_duplicates(now: datetime) -> int:
    return look.look(now)


@lane("merges", due=rows(Merge.objects.to_sweep))
def sweep_after_merges(now: datetime) -> int:
    return engine.under_lock(
        Merge.objects.to_sweep(now).order_by("sweep_at", "id"),
        sweep.sweep,
        now=now,
        first=sweep.hold_people,
    )
