"""A mail server that is sick for long: nothing is lost, nothing is doubled, and no trouble of its own counts."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from ats.activity.models import Activity
from ats.duework import engine
from ats.mail import delivery, leftovers, resting
from ats.mail.models import MailState, OutgoingMail
from tests.candidates.helpers import at_once
from tests.factories import NOW
from tests.smtp import Catcher

Put = Callable[..., OutgoingMail]
MINUTE = timedelta(minutes=1)


def run(now: Any = NOW) -> int:
    return engine.drain(engine.lanes()["mail"], lambda: now, ends=None)


def run_for(span: timedelta, *, since: datetime = NOW, every: timedelta = MINUTE) -> datetime:
    """The lane, tick by tick; the moment after it."""
    now = since
    while now < since + span:
        run(now)
        now += every
    return now


def taken(smtp: Catcher) -> list[int]:
    """How often each message was taken that was taken at all."""
    return sorted(Counter(str(message["Message-ID"]) for message in smtp.messages).values())


def states() -> list[tuple[str, int]]:
    return list(OutgoingMail.objects.order_by("id").values_list("state", "attempts"))


# --- A slow answer


def test_an_answer_that_takes_its_time_is_waited_for(put: Put, smtp: Catcher, settings: Any) -> None:
    settings.EMAIL_TIMEOUT, settings.EMAIL_ANSWER_TIMEOUT = 0.3, 20
    smtp.delay = 1.2
    put()
    put("test.decision")

    run()

    assert states() == [("sent", 0), ("sent", 0)]
    assert taken(smtp) == [1, 1]


def test_the_long_wait_is_for_that_answer_alone(put: Put, smtp: Catcher, settings: Any) -> None:
    settings.EMAIL_TIMEOUT, settings.EMAIL_ANSWER_TIMEOUT = 0.3, 60
    smtp.slow_at = {"RCPT": 3}
    put()
    began = time.monotonic()

    run()

    assert time.monotonic() - began < 3
    assert (states(), taken(smtp)) == ([("queued", 0)], [])


@pytest.mark.parametrize(("role", "times"), [("test.news", 2), ("test.decision", 1)])
def test_who_never_answers_is_not_given_it_for_ever(
    put: Put, smtp: Catcher, settings: Any, role: str, times: int
) -> None:
    settings.EMAIL_TIMEOUT, settings.EMAIL_ANSWER_TIMEOUT = 0.2, 0.4
    smtp.delay = 1.5
    put(role)

    run_for(timedelta(hours=1))

    assert OutgoingMail.objects.get().state == "unknown"
    assert taken(smtp) == [times]


@pytest.mark.parametrize(("role", "times"), [("test.news", 2), ("test.decision", 1)])
def test_who_takes_it_and_hangs_up_is_not_given_it_for_ever(
    put: Put, smtp: Catcher, role: str, times: int
) -> None:
    smtp.hang_up = True
    put(role)

    run_for(timedelta(days=2), every=timedelta(minutes=7))

    mail = OutgoingMail.objects.get()
    assert (mail.state, taken(smtp)) == ("unknown", [times])
    assert mail.last_error.startswith(
        "The connection broke before the mail server had confirmed the message."
    )
    assert list(Activity.objects.values_list("verb", flat=True)) == ["mail.unknown"]


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_waited_for_is_nobody_else_s(
    put: Put, smtp: Catcher, settings: Any, monkeypatch: Any
) -> None:
    """Its lease is renewed for as long as the wait may take; the rest of its batch is free at once."""
    settings.EMAIL_TIMEOUT, settings.EMAIL_ANSWER_TIMEOUT = 0.3, 30
    monkeypatch.setattr(delivery, "LEASE", timedelta(seconds=1))
    smtp.delay = 3
    slow, other = put(), put()

    def wait() -> None:
        run()
        delivery._mine.session.close()
        connection.close()

    worker = threading.Thread(target=wait)
    worker.start()
    while not OutgoingMail.objects.filter(pk=slow.pk, begun_at=NOW).exists():
        time.sleep(0.02)
    smtp.delay = 0
    time.sleep(1.2)  # the first lease is over
    assert run() == 1
    assert list(OutgoingMail.objects.order_by("id").values_list("state", flat=True)) == ["sending", "sent"]
    worker.join(timeout=20)

    assert states() == [("sent", 0), ("sent", 0)]
    assert taken(smtp) == [1, 1]
    assert [str(slow.uuid) in str(m["Message-ID"]) for m in smtp.messages] == [True, False]
    assert str(other.uuid) in str(smtp.messages[1]["Message-ID"])


# --- Answers that say nothing


@pytest.mark.parametrize("answer", ["Thank you", "999 what", "354 go on", "25 0 fine", "150 hm"])
def test_only_a_yes_is_a_yes(put: Put, smtp: Catcher, answer: str) -> None:
    smtp.confirm = answer
    put("test.decision")
    put()

    run()

    assert list(OutgoingMail.objects.order_by("id").values_list("state", flat=True)) == ["unknown", "queued"]
    assert taken(smtp) == [1, 1]
    assert OutgoingMail.objects.filter(sent_at__isnull=False).count() == 0


@pytest.mark.parametrize("answer", ["250 ok", "200 fine", "251 will forward"])
def test_every_yes_is_a_yes(put: Put, smtp: Catcher, answer: str) -> None:
    smtp.confirm = answer
    put("test.decision")

    run()

    assert (states(), taken(smtp)) == ([("sent", 0)], [1])


# --- Sessions that break, for days

SICK: dict[str, dict[str, Any]] = {
    "gone at EHLO": {"break_at": {"EHLO"}},
    "gone at MAIL": {"break_at": {"MAIL"}},
    "gone at RCPT": {"break_at": {"RCPT"}},
    "421 at RCPT": {"refuse_everybody": "421 4.3.2 too busy"},
    "421 after the content": {"answer": "421 4.3.2 closing down"},
    "451 about itself": {"answer": "451 4.3.0 queue file write error"},
    "452 about itself": {"refuse_everybody": "452 4.3.1 insufficient system storage"},
    "garbage at RCPT": {"refuse_everybody": "what?"},
}


@pytest.mark.parametrize("sick", SICK.values(), ids=SICK.keys())
def test_two_hours_of_trouble_cost_no_message_anything(put: Put, smtp: Catcher, sick: dict[str, Any]) -> None:
    for number in range(6):
        put("test.decision" if number % 2 else "test.news")
    well = {name: getattr(smtp, name) for name in sick}
    vars(smtp).update(sick)

    now = run_for(timedelta(hours=2))

    assert states() == [("queued", 0)] * 6
    assert taken(smtp) == []
    vars(smtp).update(well)
    run_for(timedelta(hours=1), since=now)
    assert states() == [("sent", 0)] * 6
    assert taken(smtp) == [1] * 6


def test_the_lane_rests_longer_each_time(put: Put, smtp: Catcher) -> None:
    smtp.break_at = {"EHLO"}
    put()
    tried, before = [], 0

    for minute in range(31):
        run(NOW + minute * MINUTE)
        if smtp.connections > before:
            tried.append(minute)
        before = smtp.connections

    assert tried == [0, 1, 3, 6, 11, 16, 21, 26]
    trouble = resting.trouble()
    assert trouble is not None
    smtp.break_at = set()
    assert run(NOW + 31 * MINUTE) == 1
    assert resting.trouble() is None


def test_after_days_people_are_told_once_and_it_goes_on(put: Put, smtp: Catcher) -> None:
    smtp.break_at = {"RCPT"}
    for _ in range(3):
        put()

    now = run_for(timedelta(days=4), every=timedelta(minutes=20))

    assert sorted(Activity.objects.values_list("verb", "subject_id")) == [
        ("mail.delayed", pk) for pk in OutgoingMail.objects.order_by("id").values_list("pk", flat=True)
    ]
    smtp.break_at = set()
    run_for(timedelta(hours=1), since=now)
    assert states() == [("sent", 0)] * 3


# --- Workers that come for the same


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_who_recover_the_same_rows_do_it_once_and_in_peace(
    put: Put, smtp: Catcher, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(40):
        put("test.decision" if number % 2 else "test.news")
    engine.claim(
        OutgoingMail.objects.all(), now=NOW, lease=timedelta(seconds=-1), batch=40, state=MailState.SENDING
    )
    OutgoingMail.objects.filter(role="test.decision").update(begun_at=NOW)

    with caplog.at_level(logging.ERROR):
        counts = at_once(*[lambda: leftovers.recover(NOW)] * 4)

    assert sum(counts) == 40
    assert [record.getMessage() for record in caplog.records] == []
    assert Counter(OutgoingMail.objects.values_list("role", "state", "attempts")) == {
        ("test.news", "queued", 1): 20,
        ("test.decision", "unknown", 0): 20,
    }
