"""The part of the tick that finds signals."""

from datetime import datetime

from ats.activity import hearing
from ats.duework.engine import lane
from candidates.signals import actions


@lane("signals", due=lambda now: hearing.news(actions.HEARER, actions.HEARD, now))
def look_for_signals(now: datetime) -> int:
    return actions.look(now)
