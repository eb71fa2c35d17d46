"""A record is added to, never changed or removed: through SQL, by the database itself."""

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from partners.declined import actions
from partners.models import DeclinedAddition, DeclinedRequest
from tests import factories as make
from tests.factories import NOW
from tests.partners.declined.helpers import declined

pytestmark = pytest.mark.django_db
REQUESTS, ADDITIONS = "partners_declinedrequest", "partners_declinedaddition"
WORDS = {
    "asked": "Do not send ROBIN EXAMPLE on; Robinson is fine. Robin has children.",
    "rule": "Robin Example is protected by AGG § 1.",
    "alternative": "Judge Example by the work sample.",
    "subject": "Family",
}


def ask(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is pending that would refuse it by itself
        cursor.execute(sql, values)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as error:
        act()
    return str(error.value).partition("\n")[0]


@pytest.fixture
def record() -> DeclinedRequest:
    application = make.make_application(
        candidate=make.make_candidate(first_name="Robin", last_name="Example")
    )
    role = application.requisition
    made = declined(role.recruiter, role.hiring_manager, application_id=application.pk, **WORDS)
    actions.add(declined_id=made.pk, kind="note", text="Robin wrote again.", by=role.recruiter, now=NOW)
    return made


@pytest.mark.parametrize("table", [REQUESTS, ADDITIONS])
@pytest.mark.parametrize("way", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_it(record: DeclinedRequest, table: str, way: str) -> None:
    said = refused(lambda: ask(way.format(table)))
    assert said == "a declined request is added to, never changed or removed"


def test_nothing_changes_under_the_activity_records_own_permission(record: DeclinedRequest) -> None:
    def change() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('accord.erasing', 'on', true)")
            cursor.execute(f"UPDATE {REQUESTS} SET ground = 'unethical'")

    assert refused(change) == "a declined request is added to, never changed or removed"


def whole(record: DeclinedRequest) -> dict[str, object]:
    return DeclinedRequest.objects.filter(pk=record.pk).values().get()


def test_the_one_action_that_is_let_by_replaces_the_name_and_nothing_else(record: DeclinedRequest) -> None:
    before = whole(record)
    wanted = {"candidate": record.candidate_id, "full": ["Robin Example"], "parts": ["Robin", "Example"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('accord.forgetting', %s, true)", [json.dumps(wanted)])
        cursor.execute(f"UPDATE {REQUESTS} SET ground = 'unethical', asked = 'Nothing.', recorded_at = now()")
        cursor.execute("SELECT set_config('accord.forgetting', '', true)")

    assert whole(record) == before | {
        "asked": "Do not send [name erased] on; Robinson is fine. [name erased] has children.",
        "rule": "[name erased] is protected by AGG § 1.",
        "alternative": "Judge [name erased] by the work sample.",
        "candidate_id": None,
        "candidate_name": "",
    }


def test_nothing_is_deleted_under_that_action(record: DeclinedRequest) -> None:
    def delete() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('accord.forgetting', '{}', true)")
            cursor.execute(f"DELETE FROM {ADDITIONS}")

    assert refused(delete) == "a declined request is added to, never changed or removed"


def test_the_erasure_of_a_candidate_takes_their_name_out_of_every_record(record: DeclinedRequest) -> None:
    candidate = record.candidate
    elsewhere = declined(
        record.recorded_by, record.asked_by, asked="As with Robin Example; Robin Hood is no guide."
    )
    untouched = declined(record.recorded_by, record.asked_by, asked="Robin Hood.")

    assert actions.forget(candidate=candidate, now=NOW) == 2

    rows = [whole(each) for each in (record, elsewhere, untouched)]
    assert [(row["candidate_id"], row["candidate_name"]) for row in rows] == [(None, "")] * 3
    assert [row["asked"] for row in rows[1:]] == [
        "As with [name erased]; Robin Hood is no guide.",
        "Robin Hood.",
    ]
    added = DeclinedAddition.objects.order_by("pk").values_list("record", "kind", "text", "by")
    recorder = record.recorded_by_id
    assert list(added) == [
        (record.pk, "note", "[name erased] wrote again.", recorder),
        (record.pk, "forgotten", "", None),
        (elsewhere.pk, "forgotten", "", None),
    ]
    ended = refused(lambda: ask(f"UPDATE {REQUESTS} SET ground = 'unethical'"))
    assert ended == "a declined request is added to, never changed or removed"


def test_names_with_signs_in_them_are_replaced_as_they_stand() -> None:
    application = make.make_application(
        candidate=make.make_candidate(first_name="Zoë", last_name="O'Brien-(Test)")
    )
    role = application.requisition
    made = declined(
        role.recruiter, role.hiring_manager, application_id=application.pk, asked="Not zoë o'brien-(test)x."
    )

    actions.forget(candidate=application.candidate, now=NOW)

    assert whole(made)["asked"] == "Not [name erased] o'brien-(test)x."


def test_an_empty_table_can_be_emptied() -> None:
    ask(f"TRUNCATE {REQUESTS} CASCADE")
