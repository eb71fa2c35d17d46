"""Once a night: who is over, by the rules of their places, is put down for erasure."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from ats.duework import engine
from ats.duework.models import Attempts
from ats.kernel.moments import next_at
from candidates.erasure.models import Erasure, RetentionPolicy, Why
from candidates.erasure.queries import over

AT = time(2)
MOST = 2_000
"""So many are put down in one go."""


def ready(now: datetime) -> QuerySet[RetentionPolicy]:
    return RetentionPolicy.objects.filter(Attempts.may_try(now), on_since__isnull=False, due_at__lte=now)


def plan_due(now: datetime) -> int:
    return engine.under_lock(ready(now).order_by("due_at", "id"), _plan, now=now)


def _plan(policy: RetentionPolicy, now: datetime) -> None:
    found = over.due(policy.organisation_id, now=now, most=MOST)
    rows = [
        Erasure(
            candidate_id=person.candidate, why=Why.RETENTION, asked_at=now, due_at=now, because=person.code
        )
        for person in found
    ]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)
    policy.due_at = now + timedelta(minutes=1) if len(found) == MOST else next_at(now, AT)
    policy.attempts, policy.retry_at, policy.last_error = 0, None, ""
    policy.save(update_fields=["due_at", "attempts", "retry_at", "last_error"])
