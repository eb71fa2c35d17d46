"""Reading no more than a page shows."""

import pytest

from ats.accounts.models import Role
from ats.kernel.rows import answers, showing
from candidates.models import Promise
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_only_what_is_named_is_read_and_only_what_it_needs_is_joined() -> None:
    promise = f.make_application().promises.get()
    rows = Promise.objects.filter(pk=promise.pk)

    assert "JOIN" not in str(showing(rows.select_related("owner"), "what").query)
    [shown] = showing(rows, "what", "owner__name")
    assert shown.get_deferred_fields() >= {"due_at", "kind"}
    assert shown.owner.get_deferred_fields() >= {"email"}
    assert str(showing(rows, "what", "owner__name").query).count("JOIN") == 1


def test_one_row_by_the_names_of_its_columns() -> None:
    f.make_user(Role.LEAD)
    statement = "SELECT count(*) AS n, %(said)s AS said FROM ats_user"
    assert answers(statement, {"said": "hello"}) == {"n": 1, "said": "hello"}
