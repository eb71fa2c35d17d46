"""The lane of the nights, and what was put off until today."""

from datetime import datetime

from ats.duework import engine
from partners.advice import actions


@engine.lane("advice")
def advise(now: datetime) -> int:
    return actions.look_due(now) + actions.bring_back(now=now)
