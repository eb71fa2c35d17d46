"""What the tick does for scorecards."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.scorecards.actions import nudge as nudging
from candidates.scorecards.models import Scorecard


@lane("scorecards", due=rows(Scorecard.objects.to_nudge))
def nudge(now: datetime) -> int:
    return nudging.nudge(now)
