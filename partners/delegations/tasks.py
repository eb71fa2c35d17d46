"""Delegations begin and end by the clock."""

from datetime import datetime

from ats.duework import engine
from partners.delegations import actions


@engine.lane("delegations")
def follow_delegations(now: datetime) -> int:
    return actions.end_due(now) + actions.begin_due(now)
