"""What the clock does to promises, in this order: remind, settle what ran out, tell."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.readiness import either, rows
from candidates.promises import deadlines, debts
from candidates.promises.models import Promise


@lane("promise-reminders", due=rows(Promise.objects.to_nudge))
def remind(now: datetime) -> int:
    return deadlines.nudge(now)


@lane("promises", due=either(rows(Promise.objects.run_out), rows(Promise.objects.untold_run_out)))
def promises(now: datetime) -> int:
    return deadlines.break_run_out(now) + deadlines.break_untold(now)


@lane("promise-debts", due=rows(Promise.objects.debts_to_remind))
def debts_owed(now: datetime) -> int:
    return debts.remind(now)


@lane("promise-news", due=rows(Promise.objects.to_tell))
def tell(now: datetime) -> int:
    return deadlines.tell_owners(now)
