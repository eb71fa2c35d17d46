"""Rows written with words that are kept: what stands in the table is what `save` would have put there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.test.utils import CaptureQueriesContext

from ats.activity.models import Activity
from ats.kernel import writing
from ats.kernel.prepared import Statement
from ats.mail.models import IncomingContent, IncomingMail
from candidates.models import Candidate, Message, Promise
from partners.commitments.models import ToMeasure
from tests import factories as f
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def stored(row: Model, *without: str) -> dict[str, Any]:
    [values] = type(row)._default_manager.filter(pk=row.pk).values()
    return {name: value for name, value in values.items() if name not in {"id", "created_at", *without}}


def promise(of: Any, **facts: Any) -> Promise:
    given = {
        "application": of, "what": "100 % sure", "owner": of.requisition.recruiter, "state": "kept",
        "opened_at": NOW, "due_at": NOW + timedelta(days=1), "nudge_at": NOW, "settled_at": NOW,
    }  # fmt: skip
    return Promise(**given | facts)


def test_a_new_row_is_the_one_that_save_writes() -> None:
    application = f.make_application()
    ours, theirs = promise(application), promise(application)
    assert writing.insert(ours)
    theirs.save()
    assert stored(ours, "updated_at") == stored(theirs, "updated_at")
    assert {name: value for name, value in vars(ours).items() if name[0] != "_" and name[-3:] != "_at"} == {
        name: ours.pk if name == "id" else value
        for name, value in vars(theirs).items()
        if name[0] != "_" and name[-3:] != "_at"
    }
    assert abs(ours.updated_at - theirs.updated_at) < timedelta(minutes=1)
    assert (ours._state.adding, ours._state.db) == (False, "default")
    ours.what = "written again"
    ours.save()
    assert Promise.objects.get(pk=ours.pk).what == "written again"


def test_many_are_one_statement_and_each_gets_its_own_key() -> None:
    about = {"verb": "x", "occurred_at": NOW, "actor_kind": "system", "subject_type": "y", "subject_id": 1}
    rows = [Activity(data={"n": number, "said": 'a "b" %s'}, **about) for number in range(3)]
    with CaptureQueriesContext(connection) as seen:
        assert writing.insert(*rows)
    assert len(seen) == 1
    assert [Activity.objects.get(pk=row.pk).data["n"] for row in rows] == [0, 1, 2]
    assert Activity.objects.get(pk=rows[0].pk).data["said"] == 'a "b" %s'


def test_what_the_database_fills_in_the_row_knows() -> None:
    row = ToMeasure(requisition_id=7)
    writing.insert(row)
    assert stored(row) == stored(ToMeasure.objects.create(requisition_id=7))


def test_one_that_is_known_already_is_not_written_and_undoes_nothing() -> None:
    known = f.make_candidate()
    again = Candidate(first_name="A", last_name="B", email=known.email, email_key=known.email_key)
    with transaction.atomic():
        assert not writing.insert(again, unless_known=True)
        assert again.pk is None
        assert Candidate.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.insert(again)


def test_a_statement_is_worked_out_by_the_database() -> None:
    person = Candidate(first_name="Ada", last_name="Lee")
    person.headline = Statement("upper(%s)", ("painter",))
    writing.insert(person)
    assert "headline" in person.get_deferred_fields()
    assert person.headline == "PAINTER"


def test_changes_are_those_that_save_writes() -> None:
    application = f.make_application()
    ours, theirs = promise(application), promise(application)
    for row in (ours, theirs):
        row.save()
        Promise.objects.filter(pk=row.pk).update(reason="of somebody else")
        row.what, row.nudged_at, row.owner, row.reason = "new", NOW, f.make_user(name="Bo"), "never written"
    with CaptureQueriesContext(connection) as seen:
        writing.update(ours, "what", "nudged_at", "owner")
    assert len(seen) == 1
    theirs.save(update_fields=["what", "nudged_at", "owner"])
    different = ("updated_at", "owner_id")
    assert stored(ours, *different) == stored(theirs, *different)
    assert (stored(ours)["owner_id"], stored(ours)["reason"]) == (ours.owner.pk, "of somebody else")
    assert Promise.objects.get(pk=ours.pk).updated_at == ours.updated_at > ours.created_at


def test_a_row_that_is_gone_cannot_be_changed() -> None:
    gone = promise(f.make_application())
    gone.save()
    Promise.objects.filter(pk=gone.pk).delete()
    with pytest.raises(DatabaseError):
        writing.update(gone, "what")


def test_what_the_database_says_of_a_new_row_is_a_value_of_ours() -> None:
    """A list that it fills in is a list, and not the letters of its JSON."""
    message = Message(candidate=f.make_candidate(), direction="in", body="Hello", said_at=NOW)
    del vars(message)["not_kept"]
    message.not_kept = DatabaseDefault(Message._meta.get_field("not_kept").db_default)
    assert writing.insert(message)
    assert (message.not_kept, Message.objects.get().not_kept) == ([], [])


def test_a_row_whose_key_is_given_is_written() -> None:
    mail = IncomingMail(key="a", source="file", size=1, received_at=NOW)
    writing.insert(mail)
    writing.insert(IncomingContent(mail=mail, content=b"\x00\xff"))
    assert bytes(IncomingContent.objects.get(pk=mail.pk).content) == b"\x00\xff"


def test_many_get_values_of_their_own_in_one_statement() -> None:
    rows = [IncomingMail(key=key, source="file", size=1, received_at=NOW) for key in "abc"]
    writing.insert(*rows)
    rows[0].candidate_id, rows[0].state, rows[0].settled_at = 7, "settled", NOW
    rows[1].last_error = "50 % of 'it'"
    rows[2].source = "not said to be written"
    with CaptureQueriesContext(connection) as seen:
        writing.update_all(rows, "candidate_id", "state", "settled_at", "last_error")
    assert len(seen) == 1
    found = IncomingMail.objects.order_by("key")
    assert list(found.values_list("candidate_id", "state", "settled_at", "last_error", "source")) == [
        (7, "settled", NOW, "", "file"),
        (None, "waiting", None, "50 % of 'it'", "file"),
        (None, "waiting", None, "", "file"),
    ]
    assert [row.updated_at for row in found] == [row.updated_at for row in rows]
    writing.update_all([], "state")
