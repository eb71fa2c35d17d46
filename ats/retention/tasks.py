"""The lane of this slice, declared when Django is ready."""

from datetime import datetime

from ats.duework.engine import lane
from ats.retention import actions


@lane("retention")
def let_go(now: datetime) -> int:
    return actions.purge_due(now)
