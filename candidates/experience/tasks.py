"""What the tick does for candidates, in this order: remind, settle what ran out, tell, then the journeys."""

from datetime import datetime

from ats.duework.engine import lane
from candidates.experience import follow_ups, nights, running_out

__all__ = ["nights"]


@lane("promise-reminders")
def remind(now: datetime) -> int:
    return running_out.nudge(now)


@lane("promises")
def promises(now: datetime) -> int:
    return running_out.break_run_out(now) + running_out.break_untold(now)


@lane("promise-news")
def tell(now: datetime) -> int:
    return running_out.tell_owners(now)


@lane(follow_ups.LANE)
def journeys(now: datetime) -> int:
    return follow_ups.do_due(now)
