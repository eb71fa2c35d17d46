"""Loading by the million: what was taken away is back, and what it would have refused is refused."""

import pytest
from django.db import IntegrityError, connection, transaction

from ats.demo.copying import copy
from ats.demo.scale.bulk import unguarded
from ats.demo.scale.people import COLUMNS
from candidates.models import Candidate, Document, FollowUp, Tag
from tests.factories import NOW

pytestmark = pytest.mark.django_db

STANDING = """
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%(tables)s)
    UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated
    FROM pg_constraint WHERE conrelid::regclass::text = ANY(%(tables)s)
    UNION ALL SELECT tgrelid::regclass::text, tgname, 'trigger ' || tgenabled::text
    FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
"""


def standing() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"tables": [model._meta.db_table for model in COLUMNS]})
        return sorted(cursor.fetchall())


def test_everything_is_away_and_back_afterwards() -> None:
    first = standing()
    with unguarded(COLUMNS):
        # What an index says of itself is put otherwise once, and means the same.
        pass
    before = standing()
    with unguarded(COLUMNS, but_indexes_of=[Document]):
        gone = set(before) - set(standing())
    after = standing()

    assert after == before
    assert [row[:2] for row in after] == [row[:2] for row in first]
    plain = {row for row in before if row[2].startswith("CREATE INDEX")}
    keys = {row for row in before if row[2].startswith("FOREIGN KEY")}
    triggers = {row for row in before if row[2] == "trigger O"}
    kept = {row for row in plain if row[0] == "candidates_document"}
    assert [len(each) > 0 for each in (plain, keys, triggers, kept)] == [True] * 4
    assert gone == (plain - kept) | keys | triggers


def test_what_refers_to_nobody_is_refused_at_the_end() -> None:
    row = [(7, NOW, NOW, 0, "", 999, None, "acknowledgement", NOW, "done", "", "{}", "key", None, NOW)]
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded([FollowUp]):
        copy(FollowUp._meta.db_table, COLUMNS[FollowUp], row)


def test_a_failure_meanwhile_puts_all_back_too() -> None:
    before = standing()
    with pytest.raises(ZeroDivisionError), unguarded([Candidate, Tag]):
        _ = 1 / 0
    assert standing() == before
