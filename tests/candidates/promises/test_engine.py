"""The parts of which all is made that happens to promises: what they write, and what goes on the record."""

from typing import Any

import pytest
from django.db import transaction

from ats.activity.models import Activity
from ats.kernel.errors import Invalid
from candidates.models import Application, Promise
from candidates.promises import engine
from tests.candidates.helpers import days, hours, open_one, whole
from tests.candidates.promises.cases import TIME, WORD, evening, owed, states, waiting_for, why
from tests.factories import NOW, make_application, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def last(verb: str) -> Activity:
    found = Activity.objects.filter(verb=verb).order_by("-id").first()
    assert found is not None
    return found


def replace(application: Application, **given: Any) -> Promise:
    with transaction.atomic():
        return engine.replace(**({"application": whole(application), "by": None, "now": hours(1)} | given))


def test_a_promise_and_its_record_say_all_of_it() -> None:
    application = waiting_for(*TIME, broken_before=1, waiting_since=hours(0))
    by = application.requisition.recruiter
    before = open_one(application)
    fresh = replace(
        application, what="A call", due_at=evening(26), side="manager", reason="Ill", kind="news", by=by
    )
    manager = application.requisition.hiring_manager
    fresh.refresh_from_db()
    assert (fresh.kind, fresh.what, fresh.side, fresh.owner, fresh.state, fresh.reason, fresh.previous) == (
        "news", "A call", "manager", manager, "open", "Ill", before,
    )  # fmt: skip
    assert (fresh.opened_at, fresh.due_at, fresh.nudge_at) == (
        hours(1),
        evening(26),
        evening(25).replace(hour=9),
    )
    opened, released = last("promise.opened"), last("promise.released")
    assert opened.data == {
        "promise_id": fresh.pk,
        "kind": "news",
        "what": "A call",
        "side": "manager",
        "owner_id": manager.pk,
        "due_at": evening(26).isoformat(),
        "due": "Thursday 26 November",
        "broken_before": 1,
    }
    assert {key: released.data[key] for key in ("promise_id", "what", "owner_id", "reason")} == {
        "promise_id": before.pk,
        "what": "A time for your interview",
        "owner_id": by.pk,
        "reason": "Ill",
    }
    for entry in (opened, released):
        assert (entry.application_id, entry.requisition_id) == (application.pk, application.requisition_id)
        assert (entry.actor_id, entry.occurred_at) == (by.pk, hours(1))


def test_what_is_not_given_stays_as_it_was() -> None:
    application = waiting_for(*TIME)
    fresh = replace(application)
    assert owed(application) == (TIME, evening(31))
    assert (fresh.reason, states(application), why(application)) == (
        "",
        ["released", "open"],
        ("promise.released", {}),
    )


@pytest.mark.parametrize(
    ("due_at", "ends_as", "state"),
    [
        (hours(1.1), "changed", "changed"),
        (hours(1.1), "released", "released"),
        (hours(0.9), "changed", "broken"),
    ],
)
def test_what_becomes_of_the_old_one_hangs_on_whether_its_time_had_passed(
    due_at: Any, ends_as: str, state: str
) -> None:
    application = waiting_for(*TIME, due_at=due_at)
    replace(application, due_at=days(4), ends_as=ends_as)
    assert states(application) == [state, "open"]


def test_nothing_can_take_the_place_of_nothing() -> None:
    with pytest.raises(Invalid):
        replace(make_application(state="rejected"), due_at=days(4))
    out = whole(make_application(state="rejected"))
    assert engine.current(out) is None
    assert engine.keep(application=out, by=None, now=hours(1)) is None
    assert engine.release(application=out, by=None, now=hours(1)) is None


def test_the_row_of_broken_dates_goes_on_and_says_since_when() -> None:
    application = waiting_for(*TIME, due_at=hours(1))
    opened = open_one(application).opened_at
    first = replace(application, due_at=hours(3), now=hours(2))
    assert (first.broken_before, first.waiting_since, first.changed_before) == (1, opened, 0)
    second = replace(application, due_at=hours(8), now=hours(2.5), ends_as="changed")
    assert (second.broken_before, second.waiting_since, second.changed_before) == (1, opened, 1)
    third = replace(application, due_at=days(2), now=hours(9))
    assert (third.broken_before, third.waiting_since, third.changed_before) == (2, opened, 1)
    with transaction.atomic():
        engine.answered(whole(application))
    one = open_one(application)
    assert (one.broken_before, one.waiting_since, one.changed_before) == (0, None, 0)


def test_an_answer_ends_a_row_of_changed_dates_alone() -> None:
    other = waiting_for(*TIME, changed_before=2)
    application = waiting_for(*TIME, changed_before=2)
    engine.answered(whole(application))
    assert (open_one(application).changed_before, open_one(other).changed_before) == (0, 2)


def test_what_is_settled_is_tried_no_more_and_says_when() -> None:
    application = waiting_for(*TIME, attempts=2, retry_at=hours(3), last_error="ValueError")
    with transaction.atomic():
        kept = engine.keep(application=whole(application), by=None, now=hours(2))
        assert kept is not None
        engine.owe_word(whole(application), previous=kept, by=None, now=hours(2), by_then=hours(6))
    kept.refresh_from_db()
    assert (kept.state, kept.settled_at, kept.owner_told_at) == ("kept", hours(2), None)
    assert (kept.attempts, kept.retry_at, kept.last_error) == (0, None, "")
    assert owed(application) == (WORD, hours(6))


def test_in_the_very_moment_it_is_kept_and_after_it_broken_with_an_answer() -> None:
    application = waiting_for(*TIME, due_at=hours(2))
    with transaction.atomic():
        kept = engine.keep(application=whole(application), by=None, now=hours(2))
        engine.owe_word(whole(application), previous=kept, by=None, now=hours(2))
    assert (states(application), owed(application)) == (["kept", "open"], (WORD, evening(26)))
    late = waiting_for(*TIME, due_at=hours(2))
    with transaction.atomic():
        engine.keep(application=whole(late), by=None, now=hours(2.01))
        engine.owe_word(whole(late), previous=None, by=None, now=hours(2.01))
    assert last("promise.broken").data["answered_late"] is True


def test_a_date_has_to_lie_ahead() -> None:
    application = waiting_for(*TIME)
    with pytest.raises(Invalid), transaction.atomic():
        replace(application, due_at=hours(1))
    assert replace(application, due_at=hours(1.01)).due_at == hours(1.01)


def test_who_leads_the_role_now_owes_what_is_open_and_untold() -> None:
    ours, theirs = waiting_for(*TIME, nudged_at=NOW), make_application(stage_kind="review")
    untold = waiting_for(*TIME)
    untold.promises.update(state="telling")
    Application.objects.filter(pk=untold.pk).update(
        state="withdrawn", decided_at=NOW, reason=make_application(state="withdrawn").reason
    )
    settled = waiting_for(*TIME)
    with transaction.atomic():
        engine.replace(application=whole(settled), due_at=days(9), by=None, now=hours(1))
    successor = make_user("recruiter")
    for application in (ours, theirs, untold, settled):
        application.requisition.recruiter = successor
        application.requisition.save()
    by = make_user("lead")
    with transaction.atomic():
        assert engine.pass_on(Promise.objects.all(), by=by, now=hours(2)) == 3
    assert [application.promises.get().owner for application in (ours, untold)] == [successor, successor]
    assert theirs.promises.get().owner == theirs.requisition.hiring_manager
    assert [promise.owner == successor for promise in settled.promises.order_by("id")] == [False, True]
    assert ours.promises.get().nudged_at is None
    entries = Activity.objects.filter(verb="promise.passed").order_by("id")
    assert [(entry.application_id, entry.actor_id, entry.occurred_at) for entry in entries] == [
        (application.pk, by.pk, hours(2)) for application in (ours, untold, settled)
    ]
    first = entries[0]
    assert (first.data["owner"], first.data["owner_id"], first.data["what"]) == (
        str(successor),
        successor.pk,
        "A time for your interview",
    )
    with transaction.atomic():
        assert engine.pass_on(Promise.objects.all(), by=by, now=hours(3)) == 0


def test_a_move_that_is_passed_is_reminded_of_anew() -> None:
    application = waiting_for(*TIME, due_at=evening(26), nudged_at=NOW)
    promise = engine.current(whole(application))
    assert promise is not None
    engine.pass_to(promise, "manager", by=application.requisition.recruiter, now=hours(1))
    one = open_one(application)
    assert (one.side, one.owner, one.nudged_at) == ("manager", application.requisition.hiring_manager, None)
    assert (one.due_at, one.nudge_at) == (evening(26), evening(25).replace(hour=9))
    passed = last("promise.passed")
    assert (passed.data["owner"], passed.data["side"]) == (str(one.owner), "manager")
    Promise.objects.update(nudged_at=NOW)
    engine.pass_to(one, "recruiter", by=None, now=days(5))  # its time is over: at once
    assert open_one(application).nudge_at == days(5)
