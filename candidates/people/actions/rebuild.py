"""Taking up the words of all people again, after a change of what a word is: in the background, batch by batch.
Telephone numbers go along: what was typed stays, how it is dialled is put beside it.

Until it is through, those whose words were not taken up yet are found by what was a word before. Whoever is
changed meanwhile is up to date at once, and done once more.
"""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from ats.duework import readiness
from ats.duework.faults import each_apart, is_away
from ats.duework.models import MAX_ATTEMPTS, DueTask, TaskState
from ats.duework.tasks import plan
from ats.kernel.prepared import Statement
from candidates.people.actions import index
from candidates.people.domain.phones import as_dialled, is_reading
from candidates.people.models import Candidate, WordsTaken

logger = logging.getLogger(__name__)

BATCH = 100
ONE = "people.words_in_search"
ANEW = timedelta(days=1)
_NOTE_WHAT_IS_SO = """
    INSERT INTO candidates_wordstaken AS taken (id, form, done_up_to) VALUES (1, %s, 0)
    ON CONFLICT (id) DO UPDATE SET form = excluded.form, done_up_to = 0 WHERE taken.form <> excluded.form
"""
_DONE = "SELECT 1 FROM candidates_wordstaken WHERE form = %s AND done_up_to IS NULL"


def take_up_again(now: datetime) -> int:
    """One batch, if there is anything to do; how many people it was."""
    _give_back(now)
    if _is_done():
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NOTE_WHAT_IS_SO, [index.FORM])
        taken = WordsTaken.objects.select_for_update(skip_locked=True).first()
        if taken is None or taken.done_up_to is None:
            return 0
        return _batch(taken, now)


def _not_done(_: datetime) -> Statement:
    return Statement(f"NOT EXISTS ({_DONE})", (index.FORM,))


def _is_done() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [index.FORM])
        return cursor.fetchone() is not None


def take_up(candidate_id: int) -> None:
    """One person, who could not be done with the others."""
    people = Candidate.objects.filter(pk=candidate_id).select_for_update(no_key=True)
    _do(list(people.only("phone", "phone_normalised")))


def _give_back(now: datetime) -> None:
    """Whom nobody could take up, and nobody looked after: they are tried again once a day, and heal by themselves."""
    aside = _aside(before=now - ANEW)
    aside.update(attempts=MAX_ATTEMPTS - 1, retry_at=None, due_at=now)


def _aside(*, before: datetime) -> QuerySet[DueTask]:
    aside = DueTask.objects.filter(kind=ONE, state=TaskState.WAITING, attempts__gte=MAX_ATTEMPTS)
    return aside.filter(due_at__lte=before)


DUE = readiness.either(_not_done, readiness.rows(_aside, before=lambda now: now - ANEW))
"""Whether `take_up_again` has anything to do."""


def _batch(taken: WordsTaken, now: datetime) -> int:
    people = Candidate.objects.filter(pk__gt=taken.done_up_to).order_by("pk")
    rows = list(people.select_for_update(no_key=True).only("phone", "phone_normalised")[:BATCH])
    ids = [row.pk for row in rows]
    _take_up(rows, now)
    taken.done_up_to = ids[-1] if len(ids) == BATCH else None
    taken.save(update_fields=["done_up_to"])
    if taken.done_up_to is None:
        logger.info("the words of all people are taken up in their form of today")
    return len(ids)


def _take_up(rows: list[Candidate], now: datetime) -> None:
    """All at once, or, where one of them cannot be done, each by itself.

    That one keeps the words it had, and is due work of its own: who oversees sees it there until it is done.
    """
    try:
        with transaction.atomic():
            _do(rows)
    except DatabaseError as error:
        if is_away(error):
            raise
        # Read anew: what was set on them in vain would pass for what stands in the table.
        again = Candidate.objects.filter(pk__in=[row.pk for row in rows]).only("phone", "phone_normalised")
        done = each_apart(again.order_by("pk"), lambda row: _do([row]))
        for number in sorted({row.pk for row in rows} - {row.pk for row in done}):
            key = f"{ONE}:{number}:{now.isoformat()}"
            plan(ONE, subject_id=number, due_at=now, key=key)


def _do(rows: list[Candidate]) -> None:
    if rows:
        index.refresh([row.pk for row in rows])
        _normalise(rows)


def _normalise(rows: list[Candidate]) -> None:
    changed = []
    for row in rows:
        number = as_dialled(row.phone)
        if number != row.phone_normalised and not is_reading(row.phone_normalised, row.phone):
            row.phone_normalised = number
            changed.append(row)
    if changed:
        Candidate.objects.bulk_update(changed, ["phone_normalised"])
