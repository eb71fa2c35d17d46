"""The part of the tick for bulk runs."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import either, rows
from candidates.bulk import actions
from candidates.bulk.models import BulkItem, BulkRun


@lane(actions.LANE, due=either(rows(BulkItem.objects.ready), rows(BulkRun.objects.over)))
def work(now: datetime) -> int:
    return actions.work(now)
