"""Columns that are new are looked at, so that the database does not take for rare what all rows have."""

import pytest
from django.db import connection

from ats.kernel.statistics import look_at_new_columns

pytestmark = pytest.mark.django_db


def guessed(condition: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM looked_at WHERE {condition}")
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


def test_a_column_that_a_migration_added_is_known_after_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE looked_at (id bigint); INSERT INTO looked_at SELECT generate_series(1, 2000)"
        )
        cursor.execute("ANALYZE looked_at")
        assert "looked_at" not in look_at_new_columns()
        cursor.execute("ALTER TABLE looked_at ADD COLUMN gone_at timestamptz")
    assert guessed("gone_at IS NULL") < 100  # without statistics it is taken for rare

    assert "looked_at" in look_at_new_columns()
    assert guessed("gone_at IS NULL") == 2000
    assert "looked_at" not in look_at_new_columns()
