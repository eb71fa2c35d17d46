"""The journeys' part of the tick."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.follow_ups import actions
from candidates.follow_ups.models import FollowUp


@lane(actions.LANE, due=rows(FollowUp.objects.ready))
def journeys(now: datetime) -> int:
    return actions.do_due(now)
