"""What the clock does about rules."""

from datetime import datetime

from ats.activity import hearing
from ats.duework.engine import lane
from ats.duework.readiness import rows
from candidates.automation import actions
from candidates.automation.actions import wait
from candidates.automation.actions.hear import HEARD
from candidates.automation.actions.switch import HEARER
from candidates.automation.models import RuleAct


@lane("rules-heard", due=lambda now: hearing.news(HEARER, HEARD, now))
def hear(now: datetime) -> int:
    return actions.hear(now)


@lane("rules-waited", due=wait.due)
def look_at_waiting(now: datetime) -> int:
    return actions.look_at_waiting(now)


@lane("rules", due=rows(RuleAct.objects.ready))
def work(now: datetime) -> int:
    return actions.work(now)
