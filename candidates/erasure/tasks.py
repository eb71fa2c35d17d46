"""The erasures that are due, and whoever's time is over."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import either, rows
from candidates.erasure.actions import plan
from candidates.erasure.actions.ask import LANE
from candidates.erasure.actions.erase import carry_on, carry_on_all, hold_people
from candidates.erasure.models import Erasure


@lane("retention-of-people", due=rows(plan.ready))
def plan_who_is_over(now: datetime) -> int:
    return plan.plan_due(now)


@lane(LANE, due=either(rows(Erasure.objects.asked), rows(Erasure.objects.others)))
def erase_due(now: datetime) -> int:
    """Somebody who asked waits for no thousands whose time was over."""
    order = ("due_at", "id")
    return engine.under_lock(
        Erasure.objects.asked(now).order_by(*order),
        carry_on,
        now=now,
        first=lambda erasure: hold_people([erasure]),
    ) or engine.several_under_lock(
        Erasure.objects.others(now).order_by(*order), carry_on_all, now=now, first=hold_people
    )
