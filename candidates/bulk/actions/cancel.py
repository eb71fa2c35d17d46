"""Stopping a run in the middle, and leaving one that has not begun."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.bulk.actions.work import without_words
from candidates.bulk.models import BulkRun, RunState
from candidates.bulk.rules import RUN


@transaction.atomic
def cancel(*, run_id: int, by: User, now: datetime) -> BulkRun:
    """Stop it: a handful that a worker has in hand is waited for, and nobody after them is touched."""
    run = get_for(BulkRun.objects.all(), run_id, user=by, permission=RUN, for_update=True)
    if run.state == RunState.CANCELLED:
        return run
    if run.state != RunState.RUNNING:
        raise WrongState(gettext("It is not running any more."))
    run.state, run.ended_at, run.seen_at = RunState.CANCELLED, now, now
    run.parameters = without_words(run)
    run.save(update_fields=["state", "ended_at", "seen_at", "parameters"])
    record("bulk.cancelled", subject=run, by=by, now=now)
    return run


@transaction.atomic
def discard(*, run_id: int, by: User) -> None:
    """It was looked at, and is not wanted."""
    run = get_for(BulkRun.objects.all(), run_id, user=by, permission=RUN, for_update=True)
    if run.state != RunState.PREVIEW:
        raise WrongState(gettext("It has begun already."))
    run.delete()
