"""Trying a rule on the past: looked at, and nothing done."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from candidates.automation.models import DryRun, Rule
from candidates.automation.queries.past import SHOWN, past
from candidates.automation.rules import WRITE


@transaction.atomic
def try_out(*, rule_id: int, by: User, now: datetime) -> DryRun:
    """Whom this version would have touched in the last 90 days; kept beside the rule."""
    rule = get_for(Rule.objects.all(), rule_id, user=by, permission=WRITE)
    found = past(rule, now=now)
    run = DryRun.objects.create(
        rule=rule,
        version=rule.version,
        by=by,
        at=now,
        occasions=found.occasions,
        matched=len(found.matched),
        not_now=found.not_now,
        is_cut=found.is_cut,
        people=found.matched[:SHOWN],
    )
    record("rule.tried", subject=rule, by=by, now=now, data={"title": rule.name})
    return run
