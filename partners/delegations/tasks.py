"""Delegations begin and end by the clock."""

from datetime import datetime

from ats.duework import engine
from ats.duework.readiness import either, rows
from partners.delegations import actions
from partners.delegations.models import Delegation


@engine.lane("delegations", due=either(rows(Delegation.objects.to_end), rows(Delegation.objects.to_begin)))
def follow_delegations(now: datetime) -> int:
    return actions.end_due(now) + actions.begin_due(now)
