"""Replanning after a journey was changed, batch by batch."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.journeys import actions
from candidates.journeys.models import Replan


@lane(actions.REPLANNING, due=rows(Replan.objects.ready))
def replan(now: datetime) -> int:
    return actions.replan_next(now)
