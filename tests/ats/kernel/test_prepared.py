"""Words that are kept: the answer is the one that Django would have given, for every value."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import User
from ats.kernel.prepared import Prepared, Statement
from candidates.models import Candidate, Promise
from tests import factories as f
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def owned(side: str, *, owner: int, what: str) -> QuerySet[Promise]:
    rows = Promise.objects.open().filter(owner=owner, what=what).select_related("application__candidate")
    others = Promise.objects.filter(owner=OuterRef("owner")).exclude(pk=OuterRef("pk"))
    return (
        rows.filter(side=side)
        .annotate(has_more=Exists(others))
        .only("what", "application__candidate__last_name")
        .order_by("pk")
    )


def test_it_answers_as_the_queryset_does_and_with_every_value() -> None:
    promises = [f.make_application().promises.get() for _ in range(3)]
    asked = Prepared(owned)
    for promise in promises:
        for what in (promise.what, "100 %s"):
            for side in ("recruiter", "manager"):
                there = asked(side, owner=promise.owner_id, what=what)
                wanted = list(owned(side, owner=promise.owner_id, what=what))
                assert there == wanted
                assert [vars(row).keys() for row in there] == [vars(row).keys() for row in wanted]
                for ours, theirs in zip(there, wanted, strict=True):
                    assert ours.has_more == theirs.has_more
                    assert (
                        vars(ours.application.candidate).keys() == vars(theirs.application.candidate).keys()
                    )


def test_moments_and_days_are_values_and_what_is_made_of_them_is_not() -> None:
    promise = f.make_application(due_at=NOW + timedelta(days=3)).promises.get()
    due = Prepared(lambda *, now, day: Promise.objects.filter(due_at__lte=now, due_at__date__lte=day))
    at, day = promise.due_at, promise.due_at.date()
    instant = timedelta(microseconds=1)
    asked = [(at, day), (at - instant, day), (at, day - timedelta(days=1)), (at, day)]
    assert [due(now=now, day=day) for now, day in asked] == [[promise], [], [], [promise]]
    for late in (lambda now: now - timedelta(days=1), lambda now: now.date()):
        before = Prepared(lambda *, now, late=late: Promise.objects.filter(due_at__date__lte=late(now)))
        with pytest.raises(TypeError, match="would stand in it for good"):
            before(now=NOW)


def test_django_puts_it_into_words_once_for_every_shape() -> None:
    made: list[str] = []

    def asks(side: str, **values: Any) -> QuerySet[Promise]:
        made.append(side)
        return owned(side, **values)

    asked = Prepared(asks)
    for side in ("recruiter", "manager", "recruiter", "manager"):
        with CaptureQueriesContext(connection) as seen:
            asked(side, owner=1, what="x")
        assert len(seen) == 1
    assert made == ["recruiter", "manager"]


def test_one_column_alone_and_nobody_at_all() -> None:
    user = f.make_user()
    names = Prepared(lambda *, number: User.objects.filter(pk=number).values_list("name", flat=True))
    assert names(number=user.pk) == [user.name]
    with CaptureQueriesContext(connection) as seen:
        assert Prepared(lambda *, number: User.objects.none().filter(pk=number))(number=user.pk) == []
    assert len(seen) == 0


def test_what_would_be_kept_from_the_first_time_is_refused() -> None:
    due = Prepared(lambda *, number: Promise.objects.filter(pk=number, due_at__lt=NOW))
    with pytest.raises(TypeError, match="would stand in it for good"):
        due(number=1)
    alike = Prepared(lambda *, name: Candidate.objects.filter(last_name__icontains=name))
    with pytest.raises(TypeError, match="something else of name"):
        alike(name="Lee")
    with_all = Prepared(
        lambda *, number: Candidate.objects.filter(pk=number).prefetch_related("applications")
    )
    with pytest.raises(TypeError, match="prefetched"):
        with_all(number=1)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_alone_also_the_second_time() -> None:
    held = Prepared(lambda *, number: User.objects.filter(pk=number).select_for_update(no_key=True))
    user = f.make_user()
    with transaction.atomic():
        assert held(number=user.pk) == [user]
    with pytest.raises(transaction.TransactionManagementError):
        held(number=user.pk)


def test_what_goes_before_goes_in_the_same_message() -> None:
    user = f.make_user()
    one = Prepared(lambda *, number: User.objects.filter(pk=number))
    first = Statement("SELECT 1 FROM ats_user WHERE id = %s FOR NO KEY UPDATE", (user.pk,))
    with CaptureQueriesContext(connection) as seen:
        assert one(first=first, number=user.pk) == [user]
    assert len(seen) == 1


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection() -> None:
    user = f.make_user()
    one = Prepared(lambda *, number: User.objects.filter(pk=number))
    found: list[Any] = []

    def ask() -> None:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(name="Written here")
            found.extend(row.name for row in one(number=user.pk))
            transaction.set_rollback(True)
        connection.close()

    assert [row.name for row in one(number=user.pk)] == [user.name]
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == ["Written here"]
    assert [row.name for row in one(number=user.pk)] == [user.name]
