"""Taking up the words of all people again, after a change of what a word is: in the background, batch by batch.
Telephone numbers go along: what was typed stays, how it is dialled is put beside it.

Until it is through, those whose words were not taken up yet are found by what was a word before. Whoever is
changed meanwhile is up to date at once, and done once more.
"""

import logging

from django.db import DatabaseError, connection, transaction

from ats.duework.faults import each_apart, is_away
from ats.tables import KNOWS_LETTERS
from candidates.people.actions import index
from candidates.people.domain.phones import as_dialled
from candidates.people.models import Candidate, WordsTaken

logger = logging.getLogger(__name__)

BATCH = 100
_NOTE_WHAT_IS_SO = f"""
    INSERT INTO candidates_wordstaken AS taken (id, form, knows_letters, done_up_to)
    VALUES (1, %s, {KNOWS_LETTERS}, 0)
    ON CONFLICT (id) DO UPDATE
    SET form = excluded.form, knows_letters = excluded.knows_letters, done_up_to = 0
    WHERE (taken.form, taken.knows_letters) <> (excluded.form, excluded.knows_letters)
"""  # noqa: S608 - put together from a constant
_DONE = f"""
    SELECT 1 FROM candidates_wordstaken
    WHERE form = %s AND knows_letters = {KNOWS_LETTERS} AND done_up_to IS NULL
"""  # noqa: S608 - put together from a constant


def take_up_again() -> int:
    """One batch, if there is anything to do; how many people it was."""
    if _is_done():
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NOTE_WHAT_IS_SO, [index.FORM])
        taken = WordsTaken.objects.select_for_update(skip_locked=True).first()
        if taken is None or taken.done_up_to is None:
            return 0
        return _batch(taken)


def _is_done() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [index.FORM])
        return cursor.fetchone() is not None


def _batch(taken: WordsTaken) -> int:
    people = Candidate.objects.filter(pk__gt=taken.done_up_to).order_by("pk")
    rows = list(people.select_for_update(no_key=True).only("phone", "phone_normalised")[:BATCH])
    ids = [row.pk for row in rows]
    _take_up(rows)
    taken.done_up_to = ids[-1] if len(ids) == BATCH else None
    taken.save(update_fields=["done_up_to"])
    if taken.done_up_to is None:
        logger.info("the words of all people are taken up in their form of today")
    return len(ids)


def _take_up(rows: list[Candidate]) -> None:
    """All at once, or, where one of them cannot be done, each by itself; that one keeps the words it had."""
    try:
        with transaction.atomic():
            _do(rows)
    except DatabaseError as error:
        if is_away(error):
            raise
        # Read anew: what was set on them in vain would pass for what stands in the table.
        again = Candidate.objects.filter(pk__in=[row.pk for row in rows]).only("phone", "phone_normalised")
        each_apart(again.order_by("pk"), lambda row: _do([row]))


def _do(rows: list[Candidate]) -> None:
    if rows:
        index.refresh([row.pk for row in rows])
        _normalise(rows)


def _normalise(rows: list[Candidate]) -> None:
    changed = []
    for row in rows:
        number = as_dialled(row.phone)
        if number != row.phone_normalised:
            row.phone_normalised = number
            changed.append(row)
    if changed:
        Candidate.objects.bulk_update(changed, ["phone_normalised"])
