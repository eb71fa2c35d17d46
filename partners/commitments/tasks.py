"""The lane that measures what happened, and what did not happen in time."""

from datetime import datetime

from ats.duework import engine
from partners.commitments import actions


@engine.lane(actions.LANE)
def measure_commitments(now: datetime) -> int:
    return actions.measure_due(now)
