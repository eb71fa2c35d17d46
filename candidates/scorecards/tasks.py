"""What the tick does for scorecards."""

from datetime import datetime

from ats.duework.engine import lane
from candidates.scorecards.actions import nudge as nudging


@lane("scorecards")
def nudge(now: datetime) -> int:
    return nudging.nudge(now)
