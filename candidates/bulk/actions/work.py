"""Doing what runs wait for, and taking back: a handful of people in one transaction, each as if by hand.

Whoever is done is written as done in the transaction that did it, so a worker may die at any line, and two may meet.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework import engine, turns
from ats.kernel import writing
from ats.kernel.access import lock_all
from ats.kernel.kept import kept
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from candidates.applications.models import Application
from candidates.bulk.actions.kinds import Outcome, do, take_back
from candidates.bulk.models import OF_PEOPLE, BulkItem, BulkKind, BulkRun, ItemState, RunState
from candidates.people.models import Candidate

LANE = "bulk"
BATCH = 200
GROUP = {BulkKind.MOVE: 100, BulkKind.REVIEW: 100, BulkKind.EXPORT: 200}
"""How many are done in one transaction: meanwhile nobody else can touch these."""
SMALL_GROUP = 10
ENDED = {
    RunState.DONE: kept("What you do with many is done: see with whom, and with whom not."),
    RunState.UNDONE: kept("What you did with many is taken back: see for whom, and for whom not."),
}
FAILED = kept("Something went wrong with this one. It is noted, and nothing was done.")


def work(now: datetime) -> int:
    """A batch of each run by turns: a long one does not hold up a short one. How many people were dealt with."""
    dealt = 0
    ids = list(BulkItem.objects.ready(now).order_by("run").values_list("run", flat=True).distinct())
    runs = sorted(BulkRun.objects.in_bulk(ids).values(), key=lambda run: run.pk) if ids else []
    for place, run in enumerate(runs):
        with turns.share(len(runs) - place):
            dealt += _batch(run, now)
        if turns.is_over():
            break
    for run in BulkRun.objects.over().order_by("pk"):
        dealt += _end(run, now)
    return dealt


def _batch(run: BulkRun, now: datetime) -> int:
    ready = BulkItem.objects.ready(now).filter(run=run)
    return engine.several_under_lock(
        ready.order_by("pk"),
        lambda items, at: _perform(run, items, at),
        now=now,
        first=lambda keys: _hold(run, keys),
        batch=BATCH,
        group=GROUP.get(BulkKind(run.kind), SMALL_GROUP),
    )


def _hold(run: BulkRun, keys: Collection[Any]) -> None:
    """The run as it is now, so that its end waits for this handful; then whom they are about, in one order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM candidates_bulkrun WHERE id = %s FOR SHARE", [run.pk])
    items = BulkItem.objects.filter(pk__in=keys)
    if run.kind in OF_PEOPLE:
        lock_all(Candidate, items.values_list("candidate", flat=True))
        return
    applications = Application.objects.filter(pk__in=items.values("application"))
    if run.kind == BulkKind.REJECT and run.state == RunState.UNDOING:
        _share_roles(applications.values_list("requisition", flat=True))
    lock_all(Application, applications.values_list("pk", flat=True))


def _share_roles(roles: Collection[int]) -> None:
    """As `fetch.keep_open`: a role comes before its applications."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM requisitions_requisition WHERE id = ANY(%s) ORDER BY id FOR SHARE",
            [sorted(set(roles))],
        )


def _perform(run: BulkRun, items: Sequence[BulkItem], now: datetime) -> None:
    by = User.objects.get(pk=run.by_id)  # as they are now: they may have lost the right to it
    taking_back = run.state == RunState.UNDOING
    act: Callable[..., dict[int, Outcome]] = take_back if taking_back else do
    try:
        with transaction.atomic():
            outcomes = act(run, items, by=by, now=now)
    except OperationalError:  # such as two who met: tried again
        raise
    except Exception as error:
        if len(items) > 1:
            raise
        raise engine.Final(str(error)) from error
    _settle(items, outcomes, taking_back=taking_back)


def _settle(items: Sequence[BulkItem], outcomes: dict[int, Outcome], *, taking_back: bool) -> None:
    done, not_done = (
        (ItemState.UNDONE, ItemState.STAYED) if taking_back else (ItemState.DONE, ItemState.REFUSED)
    )
    for item in items:
        outcome = outcomes[item.pk]
        item.state = not_done if outcome.why else done
        item.why = outcome.why[:500]
        item.facts = {**item.facts, **outcome.facts}
        item.attempts, item.retry_at, item.last_error = 0, None, ""
    writing.update_all(items, "state", "why", "facts", "attempts", "retry_at", "last_error")


@transaction.atomic
def _end(run: BulkRun, now: datetime) -> int:
    """Nothing is left to do: once, whoever comes first. Who was set aside is said to be so."""
    ends_as = RunState.DONE if run.state == RunState.RUNNING else RunState.UNDONE
    mine = BulkRun.objects.filter(pk=run.pk, state=run.state)
    values = {"state": ends_as, "ended_at": now, "parameters": without_words(run), "updated_at": now}
    if not mine.update(**values):
        return 0
    set_aside = run.items.filter(state=ItemState.WAITING if ends_as == RunState.DONE else ItemState.DONE)
    set_aside.update(state=ItemState.REFUSED if ends_as == RunState.DONE else ItemState.STAYED, why=FAILED)
    verb = "bulk.ended" if ends_as == RunState.DONE else "bulk.undone"
    record(verb, subject=run, by=None, now=now, data={"what": BulkKind(run.kind).label})
    tell(
        run.by,
        Kind.BULK,
        key=f"bulk:{run.pk}:{ends_as}",
        text=ENDED[ends_as],
        link=f"/bulk/{run.pk}/",
        now=now,
    )
    return 1


def without_words(run: BulkRun) -> dict[str, Any]:
    """What was done, without what was written: that stands where it went."""
    return {name: value for name, value in run.parameters.items() if name not in BulkRun.WORDS}
