"""Every model says how long its rows are kept, in one table, and what is over goes by itself."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.models import DueTask, IdempotentCall, RetentionRun
from ats.retention import actions
from ats.retention.terms import FILES, KEPT, TERMS, as_markdown
from candidates.models import PortalLink
from tests.candidates.helpers import at_once
from tests.factories import NOW, make_application, make_candidate, make_user

BY_NAME = {term.name: term for term in TERMS}


def test_every_model_has_a_term_or_a_reason_to_stay() -> None:
    real = {model._meta.label for model in apps.get_models()}
    purged = {term.model for term in TERMS}
    assert purged | KEPT.keys() == real
    assert purged & KEPT.keys() == set()
    assert all(KEPT.values())


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_each_term_is_whole(term: Any) -> None:
    assert term.why
    assert term.what
    assert term.days >= 1
    assert Counter(each.name for each in TERMS)[term.name] == 1
    model = apps.get_model(term.model)
    assert set(term.forget) <= {field.name for field in model._meta.fields}


@pytest.mark.django_db
@pytest.mark.parametrize("name", actions.NAMES)
def test_each_term_can_be_kept_on_an_empty_house(name: str, tmp_path: Path, settings: Any) -> None:
    # Other tests leave files, which are old to a suite that stands at a later day.
    own = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": own}
    assert actions.purge(name, NOW) == (0, False)


def test_the_table_is_shown_as_it_is() -> None:
    page = (Path(settings.ROOT) / "docs" / "retention.md").read_text()
    assert as_markdown() in page


# --- It is kept


def call(age: timedelta, key: str = "") -> IdempotentCall:
    user = make_user()
    return IdempotentCall.objects.create(
        user=user,
        key=key or f"{age}",
        fingerprint="x",
        created_at=NOW - age,
        status=200,
        body={"name": "Robin"},
    )


def task(age: timedelta, state: str) -> DueTask:
    row = DueTask.objects.create(kind="x", subject_id=1, due_at=NOW - age)
    settled_at = None if state == "waiting" else NOW - age
    DueTask.objects.filter(pk=row.pk).update(state=state, settled_at=settled_at)
    return row


def mail(age: timedelta, state: str = "sent", **facts: Any) -> OutgoingMail:
    number = OutgoingMail.objects.count()
    row = OutgoingMail.objects.create(
        idempotency_key=f"old:{number}",
        role="test",
        to="robin@example.com",
        subject="Hello",
        text="The words.",
        html="<p>The words.</p>",
        headers={"X-A": "b"},
        not_before=NOW - age,
        state=state,
        sent_at=NOW - age if state == "sent" else None,
        **facts,
    )
    OutgoingMail.objects.filter(pk=row.pk).update(created_at=NOW - age)
    return row


DAY = timedelta(days=1)


@pytest.mark.django_db
def test_answers_of_the_api_go_after_a_day() -> None:
    call(DAY * 1.1)
    young = call(DAY * 0.9)

    assert actions.purge("api-answers", NOW) == (1, False)

    assert list(IdempotentCall.objects.all()) == [young]


@pytest.mark.django_db
def test_tasks_go_when_they_are_done_and_stay_while_they_wait() -> None:
    old, young = DAY * 91, DAY * 89
    rows = {
        (age, state): task(age, state) for age in (old, young) for state in ("done", "cancelled", "waiting")
    }

    assert actions.purge("tasks", NOW) == (2, False)

    assert set(DueTask.objects.values_list("pk", flat=True)) == {
        row.pk for (age, state), row in rows.items() if age == young or state == "waiting"
    }


@pytest.mark.django_db
def test_words_of_mail_go_and_that_it_was_sent_stays() -> None:
    candidate = make_candidate()
    old = mail(DAY * 1096, candidate_id=candidate.pk)
    young = mail(DAY * 1094, candidate_id=candidate.pk)
    waiting = mail(DAY * 1096, "queued", candidate_id=candidate.pk)
    colleague = mail(DAY * 91)

    assert actions.purge("mail-words", NOW) == (1, False)
    assert actions.purge("colleagues-mail-words", NOW) == (1, False)
    assert actions.purge("mail-words", NOW) == (0, False)

    gone = ("The words of this message are kept no longer.", "", {})
    kept = ("The words.", "<p>The words.</p>", {"X-A": "b"})
    found = {row.pk: (row.text, row.html, row.headers) for row in OutgoingMail.objects.all()}
    assert found == {old.pk: gone, colleague.pk: gone, young.pk: kept, waiting.pk: kept}
    old.refresh_from_db()
    assert (old.state, old.to, old.subject, old.sent_at) == (
        "sent",
        "robin@example.com",
        "Hello",
        NOW - DAY * 1096,
    )


@pytest.mark.django_db
def test_links_that_ran_out_go() -> None:
    candidate = make_application().candidate
    for number, age in enumerate((31, 29)):
        PortalLink.objects.create(
            candidate=candidate,
            token_hash=str(number),
            created_at=NOW - DAY * 200,
            expires_at=NOW - DAY * age,
        )

    assert actions.purge("portal-links", NOW) == (1, False)

    assert list(PortalLink.objects.filter(token_hash__in="01").values_list("token_hash", flat=True)) == ["1"]


@pytest.mark.django_db
def test_files_left_over_from_forms_go(monkeypatch: pytest.MonkeyPatch) -> None:
    path = default_storage.save("stash/left-over", ContentFile(b"a resume"))
    written = default_storage.get_modified_time(path)
    term = timedelta(days=FILES["stash"])
    try:
        actions.purge("files:stash", written + term - DAY)
        assert default_storage.exists(path)
        assert actions.purge("files:stash", written + term + DAY)[0] >= 1
        assert not default_storage.exists(path)
    finally:
        default_storage.delete(path)


@pytest.mark.django_db
def test_the_tick_does_it_each_night_and_goes_on_where_there_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 10)
    monkeypatch.setattr(actions, "MOST_BATCHES", 2)
    for number in range(45):
        call(DAY * 3, key=str(number))
    now = NOW
    engine.tick(now)
    assert IdempotentCall.objects.count() == 45  # it waits for the night
    run = RetentionRun.objects.get(name="api-answers")
    assert now < run.due_at <= now + DAY
    assert run.due_at.hour == 3

    left = []
    night = run.due_at
    for minute in range(4):
        engine.tick(night + timedelta(minutes=minute))
        left.append(IdempotentCall.objects.count())

    assert left == [25, 5, 0, 0]
    run.refresh_from_db()
    assert (run.gone, run.due_at) == (45, night + DAY)


@pytest.mark.django_db
def test_a_term_that_cannot_be_kept_holds_up_no_other() -> None:
    call(DAY * 3)
    task(DAY * 100, "done")
    engine.tick(NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poison'; END $$;
            CREATE TRIGGER poison BEFORE DELETE ON ats_idempotentcall EXECUTE FUNCTION poison();
            """
        )

    engine.tick(NOW + DAY)

    assert (IdempotentCall.objects.count(), DueTask.objects.filter(kind="x").count()) == (1, 0)
    run = RetentionRun.objects.get(name="api-answers")
    assert (run.attempts, "poison" in run.last_error) == (1, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_what_is_in_use_is_passed_over_and_two_do_it_once() -> None:
    for number in range(60):
        call(DAY * 3, key=str(number))
    engine.tick(NOW)
    RetentionRun.objects.update(due_at=NOW)

    def work() -> int:
        return actions.purge_due(NOW)

    with transaction.atomic():
        held = IdempotentCall.objects.select_for_update().earliest("pk")
        counts = at_once(work, work, work)

    assert sum(counts) == len(actions.NAMES)
    assert list(IdempotentCall.objects.all()) == [held]
    assert RetentionRun.objects.get(name="api-answers").gone == 59
