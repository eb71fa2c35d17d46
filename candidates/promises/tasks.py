"""What the clock does to promises, in this order: remind, settle what ran out, tell."""

from datetime import datetime

from ats.duework.engine import lane
from candidates.promises import deadlines


@lane("promise-reminders")
def remind(now: datetime) -> int:
    return deadlines.nudge(now)


@lane("promises")
def promises(now: datetime) -> int:
    return deadlines.break_run_out(now) + deadlines.break_untold(now)


@lane("promise-news")
def tell(now: datetime) -> int:
    return deadlines.tell_owners(now)
