"""The erasures that are due, and whoever's time is over."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.erasure.actions import plan
from candidates.erasure.actions.ask import LANE
from candidates.erasure.actions.erase import TOLD, carry_on, carry_on_all, hold_people
from candidates.erasure.models import Erasure, ErasureState


@lane("retention-of-people", due=rows(plan.ready))
def plan_who_is_over(now: datetime) -> int:
    return plan.plan_due(now)


@lane(LANE, due=rows(Erasure.objects.ready))
def erase_due(now: datetime) -> int:
    ready = Erasure.objects.ready(now).order_by("due_at", "id")
    # Somebody who asked waits for no thousands whose time was over, and their receipt says what went of theirs.
    asked = ready.filter(state=ErasureState.WAITING, why__in=TOLD)
    others = ready.exclude(state=ErasureState.WAITING, why__in=TOLD)
    return engine.under_lock(
        asked, carry_on, now=now, first=lambda erasure: hold_people([erasure])
    ) or engine.several_under_lock(others, carry_on_all, now=now, first=hold_people)
