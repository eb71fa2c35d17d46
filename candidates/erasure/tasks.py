"""The erasures that are due, and whoever's time is over."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.erasure.actions import plan
from candidates.erasure.actions.ask import LANE
from candidates.erasure.actions.erase import carry_on, hold_person
from candidates.erasure.models import Erasure


@lane("retention-of-people", due=rows(plan.ready))
def plan_who_is_over(now: datetime) -> int:
    return plan.plan_due(now)


@lane(LANE, due=rows(Erasure.objects.ready))
def erase_due(now: datetime) -> int:
    ready = Erasure.objects.ready(now).order_by("due_at", "id")
    return engine.under_lock(ready, carry_on, now=now, first=hold_person)
