"""The lane of the nights, and what was put off until today."""

from datetime import datetime

from ats.duework import engine
from ats.duework.readiness import either, fewer, rows
from partners.advice import actions
from partners.advice.domain.rules import RULES

DUE = either(
    rows(actions.ready),
    fewer(actions.known, len(RULES)),
    rows(actions.to_bring_back, today=lambda now: now.date()),
)


@engine.lane("advice", due=DUE)
def advise(now: datetime) -> int:
    return actions.look_due(now) + actions.bring_back(now=now)
