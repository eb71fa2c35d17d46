"""Claims, locks and lanes."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.duework import engine, heartbeat, tasks, ticking
from ats.duework.models import MAX_ATTEMPTS, DueTask, TaskState
from ats.duework.tasks import cancel, hurry, plan, task_kind
from ats.duework.wakes import Wakes
from tests.factories import NOW, make_user


@pytest.fixture
def kinds() -> Iterator[dict[str, list[int]]]:
    """Two kinds of work, that note whom they were done for; subject 13 brings bad luck."""
    done: dict[str, list[int]] = {"inside": [], "outside": []}

    def work(place: str) -> Any:
        def perform(task: DueTask, now: Any) -> None:
            if task.subject_id == 13:
                raise ValueError("bad luck")
            if task.subject_id == 14:
                raise engine.Final("there is no use")
            done[place].append(task.subject_id)

        return perform

    task_kind("test.inside")(work("inside"))
    task_kind("test.outside", outside=True)(work("outside"))
    yield done
    del tasks._inside["test.inside"], tasks._outside["test.outside"]


def task(kind: str, subject_id: int, **facts: Any) -> DueTask:
    plan(kind, subject_id=subject_id, due_at=facts.get("due_at", NOW), key=f"{kind}:{subject_id}")
    return DueTask.objects.get(key=f"{kind}:{subject_id}")


@pytest.mark.django_db
def test_work_is_planned_once_and_done_once(kinds: dict[str, list[int]]) -> None:
    for place in ("inside", "outside"):
        plan(f"test.{place}", subject_id=1, due_at=NOW, key=place)
        plan(f"test.{place}", subject_id=1, due_at=NOW, key=place)

    engine.tick(NOW)
    engine.tick(NOW)

    assert kinds == {"inside": [1], "outside": [1]}
    assert list(DueTask.objects.values_list("state", "settled_at").distinct()) == [("done", NOW)]


@pytest.mark.django_db
def test_work_waits_for_its_time_and_can_be_cancelled(kinds: dict[str, list[int]]) -> None:
    task("test.inside", 1, due_at=NOW + timedelta(hours=1))
    task("test.inside", 2, due_at=NOW + timedelta(hours=1))

    assert engine.tick(NOW)["tasks"] == 0
    assert cancel("test.inside", subject_id=2, now=NOW) == 1
    assert engine.tick(NOW + timedelta(hours=1))["tasks"] == 1
    assert kinds["inside"] == [1]


@pytest.mark.django_db
def test_nobody_plans_what_nobody_does() -> None:
    with pytest.raises(KeyError):
        plan("test.nobody", subject_id=1, due_at=NOW, key="x")


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["inside", "outside"])
def test_a_poisoned_row_waits_longer_each_time_and_holds_up_nobody(
    kinds: dict[str, list[int]], place: str
) -> None:
    poison = task(f"test.{place}", 13)
    task(f"test.{place}", 2)
    now, waits = NOW, []

    engine.tick(now)
    assert kinds[place] == [2]
    poison.refresh_from_db()
    while poison.retry_at is not None:
        waits.append(int((poison.retry_at - now).total_seconds() // 60))
        now = poison.retry_at
        engine.tick(now)
        poison.refresh_from_db()

    assert waits == [1, 5, 15, 60, 240, 480, 720]
    assert (poison.attempts, poison.last_error) == (MAX_ATTEMPTS, "ValueError: bad luck")
    assert engine.tick(now + timedelta(days=30))["tasks"] == 0


@pytest.mark.django_db
def test_what_cannot_be_helped_is_set_aside_at_once(kinds: dict[str, list[int]]) -> None:
    hopeless = task("test.inside", 14)

    engine.tick(NOW)

    hopeless.refresh_from_db()
    assert (hopeless.attempts, hopeless.retry_at) == (MAX_ATTEMPTS, None)


@pytest.mark.django_db
def test_work_of_a_worker_that_died_is_given_back(kinds: dict[str, list[int]]) -> None:
    lost = task("test.outside", 1)
    engine.claim(
        DueTask.objects.all(), now=NOW, lease=timedelta(seconds=-1), batch=1, state=TaskState.RUNNING
    )

    engine.tick(NOW)
    lost.refresh_from_db()
    assert (lost.state, lost.attempts, kinds["outside"]) == ("waiting", 1, [])
    engine.tick(NOW + timedelta(minutes=1))

    assert kinds["outside"] == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_ticks_at_once_do_each_row_once(kinds: dict[str, list[int]]) -> None:
    for number in range(100, 160):
        task("test.inside", number)
        task("test.outside", number)

    def run() -> None:
        engine.tick(NOW)
        connection.close()

    ticks = [threading.Thread(target=run) for _ in range(3)]
    for tick in ticks:
        tick.start()
    for tick in ticks:
        tick.join()

    assert {place: sorted(done) for place, done in kinds.items()} == {
        "inside": list(range(100, 160)),
        "outside": list(range(100, 160)),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_a_row_that_somebody_has_in_hand_is_passed_over(kinds: dict[str, list[int]]) -> None:
    held, free = task("test.inside", 1), task("test.inside", 2)

    def run() -> None:
        engine.tick(NOW)
        connection.close()

    with transaction.atomic():
        DueTask.objects.select_for_update().get(pk=held.pk)
        tick = threading.Thread(target=run)
        tick.start()
        tick.join(timeout=20)
        assert kinds["inside"] == [2]

    free.refresh_from_db()
    assert free.state == "done"
    engine.tick(NOW)
    assert kinds["inside"] == [2, 1]


@pytest.mark.django_db
def test_a_lane_that_breaks_does_not_stop_the_others(kinds: dict[str, list[int]]) -> None:
    def broken(now: Any) -> int:
        raise RuntimeError("broken lane")

    task("test.inside", 1)
    engine.lane("test.broken")(broken)
    try:
        assert engine.tick(NOW)["test.broken"] == 0
    finally:
        del engine._lanes["test.broken"]

    assert kinds["inside"] == [1]
    assert list(engine.lanes())[-3:] == ["response-records", "words", "old-documents"]


@pytest.mark.django_db
def test_a_budget_still_gives_each_lane_a_batch(kinds: dict[str, list[int]], monkeypatch: Any) -> None:
    monkeypatch.setattr(ticking, "TURN", timedelta(0))
    monkeypatch.setattr(engine.under_lock, "__kwdefaults__", {"batch": 1, "first": None})
    task("test.inside", 1)
    task("test.inside", 2)

    assert ticking.in_turns(NOW, budget=timedelta(0))["tasks"] == 1
    assert ticking.in_turns(NOW, budget=timedelta(0))["tasks"] == 1


@pytest.fixture
def asked(monkeypatch: Any) -> list[str]:
    """The lanes for which a worker was asked, in a process that has asked for none lately."""
    lanes: list[str] = []
    monkeypatch.setattr(tasks.run_lane, "apply_async", lambda args, **options: lanes.append(args[0]))
    monkeypatch.setattr(tasks, "wakes", Wakes(tasks.ask_for, apart=0))
    return lanes


@pytest.mark.django_db(transaction=True)
def test_a_transaction_gives_one_hint_for_each_lane(asked: list[str]) -> None:

    with transaction.atomic():
        hurry("mail")
        hurry("mail")
        with transaction.atomic():
            hurry("tasks")
        assert asked == []

    assert asked == ["mail", "tasks"]
    with transaction.atomic():
        hurry("mail")
        transaction.set_rollback(True)
    assert asked == ["mail", "tasks"]


@pytest.mark.django_db(transaction=True)
def test_a_hint_whose_savepoint_is_undone_does_not_take_the_others_along(asked: list[str]) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                hurry("mail")
                raise LookupError
        except LookupError:
            pass
        hurry("mail")

    assert asked == ["mail"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_gone_costs_one_attempt_and_no_error(monkeypatch: Any) -> None:
    tried: list[str] = []

    def fail(args: list[str], **options: Any) -> None:
        tried.append(args[0])
        raise OSError("connection refused")

    monkeypatch.setattr(tasks, "_broker_gone_until", 0.0)
    monkeypatch.setattr(tasks, "wakes", Wakes(tasks.ask_for, apart=0))
    monkeypatch.setattr(tasks.run_lane, "apply_async", fail)
    for _ in range(3):
        hurry("mail")

    assert tried == ["mail"]


# --- The page


@pytest.fixture
def failed(db: None, kinds: dict[str, list[int]]) -> DueTask:
    poison = task("test.inside", 14)
    engine.tick(NOW)
    poison.refresh_from_db()
    return poison


def test_the_page_shows_what_was_set_aside_and_what_waits(
    failed: DueTask, lead: User, signed_in: Any
) -> None:
    task("test.inside", 5)

    page = signed_in(lead).get("/settings/due-work/")

    assert [(each.pk, each.error) for each in page.context["set_aside"]] == [
        (failed.pk, "Final: there is no use")
    ]
    assert [(each.kind, each.number, each.oldest) for each in page.context["overdue"]] == [
        ("test.inside", 1, NOW)
    ]
    assert page.context["is_silent"]
    assert signed_in(make_user(Role.RECRUITER)).get("/settings/due-work/").status_code == 403


def test_the_page_knows_that_the_tick_runs(lead: User, signed_in: Any) -> None:
    tasks.tick()

    assert not signed_in(lead).get("/settings/due-work/").context["is_silent"]
    assert heartbeat.last() is not None


def test_a_person_has_it_tried_again(
    failed: DueTask, lead: User, signed_in: Any, kinds: dict[str, list[int]]
) -> None:
    DueTask.objects.filter(pk=failed.pk).update(subject_id=15)

    signed_in(lead).post(f"/settings/due-work/ats.duetask/{failed.pk}/try-again/")
    engine.tick(NOW)

    assert kinds["inside"] == [15]
    assert Activity.objects.get(verb="duework.retried").data == {"what": f"due task {failed.pk}"}


def test_a_person_dismisses_it(failed: DueTask, lead: User, signed_in: Any) -> None:
    browser = signed_in(lead)
    browser.post(f"/settings/due-work/{failed.pk}/dismiss/")

    failed.refresh_from_db()
    assert failed.state == "cancelled"
    assert browser.post(f"/settings/due-work/{failed.pk}/dismiss/").status_code == 409
    assert browser.get("/settings/due-work/").context["set_aside"] == []


@pytest.mark.parametrize("model", ["ats.user", "ats.nothing", "nonsense"])
def test_only_due_work_can_be_tried_again(lead: User, signed_in: Any, model: str) -> None:
    assert signed_in(lead).post(f"/settings/due-work/{model}/{lead.pk}/try-again/").status_code == 404
