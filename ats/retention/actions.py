"""Letting go of what is kept no longer: each term in batches, in a bounded time, past whatever is in use."""

import logging
from datetime import datetime, time, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone

from ats.duework import engine, turns
from ats.kernel.moments import next_at
from ats.retention.models import RetentionRun, RetentionRunQuerySet
from ats.retention.terms import FILES, TERMS, Term

logger = logging.getLogger(__name__)

BATCH = 500
MOST_BATCHES = 20
AT = time(3)
"""In the night of the server; each term once."""
FILES_NAME = "files:"
BY_NAME = {term.name: term for term in TERMS}
NAMES = (*BY_NAME, *(f"{FILES_NAME}{folder}" for folder in FILES))


def purge_due(now: datetime) -> int:
    """The lane: the terms whose time has come; how many terms that were."""
    _plan_what_is_new(now)
    return engine.under_lock(ready(now).order_by("due_at", "id"), _run, now=now)


def ready(now: datetime) -> QuerySet[RetentionRun]:
    return known().ready(now)


def known() -> RetentionRunQuerySet:
    return RetentionRun.objects.filter(name__in=NAMES)


def _plan_what_is_new(now: datetime) -> None:
    there = set(known().values_list("name", flat=True))
    new = [RetentionRun(name=name, due_at=next_at(now, AT)) for name in NAMES if name not in there]
    if new:
        RetentionRun.objects.bulk_create(new, ignore_conflicts=True)


def _run(run: RetentionRun, now: datetime) -> None:
    # A moment that somebody pretends brings nothing back afterwards: what goes is over on the real clock too.
    count, more = purge(run.name, min(now, timezone.now()))
    run.gone += count
    run.ran_at, run.due_at = now, now + timedelta(minutes=1) if more else next_at(now, AT)
    run.attempts, run.retry_at, run.last_error = 0, None, ""
    run.save(update_fields=["gone", "ran_at", "due_at", "attempts", "retry_at", "last_error"])
    if count:
        logger.info("%s: %s went, as its term says", run.name, count)


def purge(name: str, now: datetime) -> tuple[int, bool]:
    """Let go of a good many of what this term covers; how many, and whether there may be more."""
    if name.startswith(FILES_NAME):
        return _files(name.removeprefix(FILES_NAME), now), False
    count = 0
    for _ in range(MOST_BATCHES):
        done = _batch(BY_NAME[name], now)
        count += done
        if done < BATCH:
            return count, False
        if turns.is_over():
            break
    return count, True


def over(term: Term, now: datetime) -> "QuerySet":
    """What this term covers and has not dealt with yet."""
    rows = apps.get_model(term.model)._base_manager.filter(term.only)
    return rows.filter(**{f"{term.since}__lt": now - timedelta(days=term.days)}).exclude(term.done)


def _batch(term: Term, now: datetime) -> int:
    rows = over(term, now).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    chosen = apps.get_model(term.model)._base_manager.filter(pk__in=keys)
    if term.forget:
        chosen.update(**term.forget)
    else:
        chosen.delete()
    return len(keys)


def _files(folder: str, now: datetime) -> int:
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    oldest, count = now - timedelta(days=FILES[folder]), 0
    for name in names:
        path = f"{folder}/{name}"
        if turns.is_over():
            break
        try:
            if default_storage.get_modified_time(path) < oldest:
                default_storage.delete(path)
                count += 1
        except FileNotFoundError:
            continue
    return count
