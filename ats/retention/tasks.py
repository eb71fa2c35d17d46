"""The lane of this slice, declared when Django is ready."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import either, fewer, rows
from ats.retention import actions

DUE = either(rows(actions.ready), fewer(actions.known, len(actions.NAMES)))


@lane("retention", due=DUE)
def let_go(now: datetime) -> int:
    return actions.purge_due(now)
