"""Beginning what was looked at, and taking back what was done."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.bulk.actions.work import LANE
from candidates.bulk.models import BulkKind, BulkRun, ItemState, RunState
from candidates.bulk.rules import RUN


@transaction.atomic
def start(*, run_id: int, by: User, now: datetime) -> BulkRun:
    """Begin it; once more is as once."""
    run = get_for(BulkRun.objects.all(), run_id, user=by, permission=RUN, for_update=True)
    if run.state != RunState.PREVIEW:
        return run
    if not run.items.filter(state=ItemState.WAITING).exists():
        raise WrongState(gettext("There is nobody with whom this can be done."))
    run.state, run.started_at = RunState.RUNNING, now
    run.save(update_fields=["state", "started_at"])
    record("bulk.started", subject=run, by=by, now=now, data={"what": BulkKind(run.kind).label})
    hurry(LANE)
    return run


@transaction.atomic
def undo(*, run_id: int, by: User, now: datetime) -> BulkRun:
    """Take back whatever of it can be taken back; once more is as once."""
    run = get_for(BulkRun.objects.all(), run_id, user=by, permission=RUN, for_update=True)
    if run.state in {RunState.UNDOING, RunState.UNDONE}:
        return run
    if run.state not in {RunState.DONE, RunState.CANCELLED} or run.kind == BulkKind.EXPORT:
        raise WrongState(gettext("There is nothing to take back."))
    done = run.items.filter(state=ItemState.DONE)
    if not done.exists():
        raise WrongState(gettext("There is nothing to take back."))
    done.update(attempts=0, retry_at=None, last_error="")
    run.state, run.ended_at, run.seen_at = RunState.UNDOING, None, None
    run.save(update_fields=["state", "ended_at", "seen_at"])
    record("bulk.undo_started", subject=run, by=by, now=now)
    hurry(LANE)
    return run
