"""Reading no more than a page shows."""

from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.kernel.rows import answers, columns, made, showing
from ats.organisation.models import HiringOrganisation
from candidates.models import Application, Candidate, Promise
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


def test_rows_of_a_plain_statement_are_those_of_the_models(django_assert_num_queries: Any) -> None:
    made_by_hand = f.make_application()
    statement = f"""
        SELECT {columns("a", Application)}, {columns("c", Candidate, "first_name", of="candidate")},
               {columns("o", HiringOrganisation, "name", of="requisition__organisation")},
               r.id AS requisition__id, {columns("d", User, "name", of="decided_by")}, 7 AS days
        FROM candidates_application a
        JOIN candidates_candidate c ON c.id = a.candidate_id
        JOIN requisitions_requisition r ON r.id = a.requisition_id
        JOIN ats_hiringorganisation o ON o.id = r.organisation_id
        LEFT JOIN ats_user d ON d.id = a.decided_by_id
        WHERE a.id = %(id)s
    """
    with django_assert_num_queries(1):
        [row] = made(Application, statement, {"id": made_by_hand.pk})
        assert row.candidate.first_name == made_by_hand.candidate.first_name
        assert row.requisition.organisation.name == made_by_hand.requisition.organisation.name
        assert (row.decided_by, row.days) == (None, 7)
    stored = Application.objects.get(pk=made_by_hand.pk)
    assert {name: vars(row)[name] for name in vars(stored) if name != "_state"} == {
        name: value for name, value in vars(stored).items() if name != "_state"
    }
    assert isinstance(row.submitted, dict)  # as the field reads it, not as it is stored
    assert row.candidate.get_deferred_fields() >= {"email", "search"}
    assert row.candidate.email == made_by_hand.candidate.email
    assert made(Application, statement, {"id": 0}) == []


def test_columns_by_name_all_of_them_or_all_but_some() -> None:
    assert columns("u", User, "name", of="owner") == 'u."id" AS "owner__id", u."name" AS "owner__name"'
    every = {field.column for field in User._meta.concrete_fields}
    assert columns("u", User, without={"password"}).count(" AS ") == len(every) - 1
