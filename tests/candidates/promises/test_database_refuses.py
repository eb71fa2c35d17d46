"""The database itself keeps the promise of promises, whatever code writes to it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from candidates.models import Application, Promise
from tests.factories import NOW, make_application, make_promise

pytestmark = pytest.mark.django_db(transaction=True)


def execute(sql: str, *args: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, args)


def refused(write: Callable[[], None], name: str = "active_application_has_promise") -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert caught.value.__cause__ is not None
    assert caught.value.__cause__.diag.constraint_name == name


def test_an_active_application_cannot_be_stored_without_a_promise() -> None:
    there = make_application()

    def insert() -> None:
        execute(
            """
            INSERT INTO candidates_application (created_at, updated_at, candidate_id, requisition_id, stage_id,
                state, version, source_detail, submitted, cover_letter, applied_at, stage_entered_at,
                last_activity_at, reason_note)
            SELECT now(), now(), candidate_id, requisition_id, stage_id, 'active', 1, '{}', '{}', '', now(), now(),
                now(), '' FROM candidates_application WHERE id = %s
            """,
            there.pk,
        )

    execute(
        "UPDATE candidates_application SET state = 'withdrawn', decided_at = now(), reason_id = "
        "(SELECT min(id) FROM candidates_dispositionreason) WHERE id = %s",
        there.pk,
    )
    refused(insert)
    assert Application.objects.count() == 1


def test_the_open_promise_cannot_be_deleted_or_settled_alone() -> None:
    application = make_application()
    refused(lambda: execute("DELETE FROM candidates_promise WHERE application_id = %s", application.pk))
    refused(
        lambda: execute(
            "UPDATE candidates_promise SET state = 'kept', settled_at = now() WHERE application_id = %s",
            application.pk,
        )
    )
    assert Promise.objects.open().filter(application=application).count() == 1


def test_the_promise_cannot_be_given_to_another_application() -> None:
    application, other = make_application(), make_application(state="rejected")
    refused(
        lambda: execute(
            "UPDATE candidates_promise SET application_id = %s WHERE application_id = %s",
            other.pk,
            application.pk,
        )
    )


def test_an_ended_application_cannot_become_active_without_a_promise() -> None:
    application = make_application(state="rejected")
    refused(
        lambda: execute(
            "UPDATE candidates_application SET state = 'active', decided_at = NULL, decided_by_id = NULL, "
            "reason_id = NULL WHERE id = %s",
            application.pk,
        )
    )


def test_within_a_transaction_one_promise_may_follow_another() -> None:
    application = make_application()
    with transaction.atomic():
        Promise.objects.filter(application=application).update(state="kept", settled_at=NOW)
        make_promise(application, now=NOW, what="News")
    assert Promise.objects.open().get(application=application).what == "News"


def test_two_open_promises_are_refused() -> None:
    application = make_application()
    refused(lambda: make_promise(application) and None, "promise_one_open")


def test_an_application_that_has_ended_needs_none_and_can_go() -> None:
    application = make_application(state="withdrawn")
    assert not application.promises.exists()
    active = make_application()
    with transaction.atomic():
        active.candidate.delete()
    assert list(Application.objects.values_list("pk", flat=True)) == [application.pk]
