"""What `tests/emptying.py` leaves behind: empty tables, and what the models are."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import emptying
from tests.factories import make_application


def _counts() -> dict[str, int]:
    """The rows of every table of every model."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        parts = [f"SELECT '{name}', count(*) FROM {connection.ops.quote_name(name)}" for name in names]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_every_row_goes_whatever_guards_it_and_what_the_models_are_stays() -> None:
    make_application()  # with its promise, which a trigger does not let go alone
    kept = {model._meta.db_table: model.objects.count() for model in (ContentType, Permission)}
    assert _counts()["candidates_application"] == 1

    emptying.empty()

    assert {name: count for name, count in _counts().items() if count} == kept
    assert kept.keys() == emptying.KEPT
