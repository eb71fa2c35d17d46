"""The journeys' part of the tick."""

from datetime import datetime

from ats.duework.engine import lane
from candidates.follow_ups import actions


@lane(actions.LANE)
def journeys(now: datetime) -> int:
    return actions.do_due(now)
