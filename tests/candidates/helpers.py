"""What the tests of this package say often."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction

from ats.duework import engine
from ats.mail import delivery
from ats.mail.models import OutgoingMail
from candidates.applications.actions import Submission
from candidates.models import Application, Promise
from requisitions.models import JobPost
from tests.factories import NOW


def hours(count: float) -> datetime:
    """So many hours after `NOW`, a Tuesday at ten."""
    return NOW + timedelta(hours=count)


def days(count: float) -> datetime:
    return NOW + timedelta(days=count)


def submission(post: JobPost, **facts: Any) -> Submission:
    given = {"first_name": "Robin", "last_name": "Example", "email": "robin@example.com"} | facts
    return Submission(post_id=post.pk, **given)


def story(application: Application) -> list[tuple[str, str]]:
    """What was promised, in order, and what became of it."""
    return list(Promise.objects.filter(application=application).order_by("id").values_list("what", "state"))


def open_one(application: Application) -> Promise:
    return Promise.objects.open().select_related("owner").get(application=application)


def whole(application: Application) -> Application:
    return Application.objects.whole().get(pk=application.pk)


def mails(role: str, **about: Any) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(role=role, **about).order_by("id"))


def run_lane(name: str, now: datetime) -> int:
    """This lane alone, until it is empty."""
    return engine.drain(engine.lanes()[name], lambda: now, ends=None)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each on a connection of its own; results, or what they raised."""
    outcomes: list[Any] = [None] * len(calls)
    barrier = threading.Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        close_old_connections()
        try:
            barrier.wait(timeout=20)
            outcomes[place] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[place] = error
        finally:
            delivery._mine.session.close()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "one of the calls hangs"
    return outcomes


def while_held(
    first: Callable[[], Any], then: Callable[[], Any], *, last: Callable[[], Any] = lambda: None
) -> Any:
    """Do `first` and keep what it locked until `then`, on another connection, waits for it; what `then` brought.

    `last` is done before it is let go.
    """
    outcome: list[Any] = []

    def run() -> None:
        close_old_connections()
        try:
            outcome.append(then())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        _wait_until_one_waits(thread)
        last()
    thread.join(timeout=60)
    assert not thread.is_alive(), "the other call hangs"
    return outcome[0]


def _wait_until_one_waits(thread: threading.Thread) -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot(), count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[1]:
                return
        assert thread.is_alive(), "the other call did not wait"
        time.sleep(0.02)
    raise AssertionError("the other call does not wait for a lock")
