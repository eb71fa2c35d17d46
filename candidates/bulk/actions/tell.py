"""That the author of a run has seen how it ended."""

from collections.abc import Iterable
from datetime import datetime

from candidates.bulk.models import BulkRun


def note_seen(runs: Iterable[BulkRun], *, now: datetime) -> None:
    ids = [run.pk for run in runs if run.ended_at and run.seen_at is None]
    if ids:
        BulkRun.objects.filter(pk__in=ids, ended_at__isnull=False).update(seen_at=now)
