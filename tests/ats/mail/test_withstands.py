"""What must not lose a message, nor send one twice: killed workers, two at once, servers that go away."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from ats.duework import engine
from ats.embedded import service as programs
from ats.embedded.postgres import Cluster
from ats.mail.models import MailState, OutgoingMail
from tests.processes import TICK, finish, python
from tests.smtp import Catcher

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]
Put = Callable[..., OutgoingMail]


def states() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("state", flat=True))


def arrived(smtp: Catcher) -> Counter[str]:
    return Counter(str(message["Message-ID"]) for message in smtp.messages)


def wait_for(happened: Callable[[], bool], *, within: float = 30) -> None:
    ends = time.monotonic() + within
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def end_leases() -> None:
    OutgoingMail.objects.filter(state=MailState.SENDING).update(
        lease_until=timezone.now() - timedelta(minutes=1)
    )


@pytest.mark.parametrize("role", ["test.news", "test.decision"])
def test_a_worker_killed_in_the_middle(put: Put, smtp: Catcher, role: str) -> None:
    now = timezone.now()
    for _ in range(6):
        put(role, now=now)
    smtp.delay = 0.4
    worker = python(TICK)
    wait_for(lambda: len(smtp.messages) == 3)
    worker.kill()  # the server has the third message whole, and has not yet said so
    worker.communicate()
    smtp.delay = 0
    assert states() == {"sent": 2, "sending": 4}

    engine.tick(timezone.now())
    assert states() == {"sent": 2, "sending": 4}  # a worker may still be at it

    end_leases()
    engine.tick(timezone.now())

    third = str(smtp.messages[2]["Message-ID"])
    if role == "test.news":
        assert states() == {"sent": 6}
        assert arrived(smtp) == {
            str(m["Message-ID"]): 2 if m["Message-ID"] == third else 1 for m in smtp.messages
        }
    else:
        assert states() == {"sent": 5, "unknown": 1}
        assert set(arrived(smtp).values()) == {1}
        [unknown] = OutgoingMail.objects.filter(state="unknown")
        assert str(unknown.uuid) in third
    assert len(arrived(smtp)) == 6


def test_two_ticks_at_once(put: Put, smtp: Catcher) -> None:
    now = timezone.now()
    for _ in range(150):
        put(now=now)

    ticks = [python(TICK) for _ in range(2)]
    counts = [finish(tick) for tick in ticks]

    assert states() == {"sent": 150}
    assert sorted(arrived(smtp).values()) == [1] * 150
    assert (
        sum(
            int(line.split(": ")[1])
            for text in counts
            for line in text.splitlines()
            if line.startswith("mail:")
        )
        == 150
    )


def test_a_broker_that_forgot_everything(put: Put, smtp: Catcher) -> None:
    put(now=timezone.now())
    cache._cache.get_client().flushall()

    finish(python(TICK))

    assert (states(), len(smtp.messages)) == ({"sent": 1}, 1)


def test_a_broker_that_is_gone(put: Put, smtp: Catcher) -> None:
    put(now=timezone.now())

    finish(python(TICK, REDIS_URL="redis://127.0.0.1:9/0"))

    assert (states(), len(smtp.messages)) == ({"sent": 1}, 1)


def test_a_mail_server_down_for_an_hour(put: Put, smtp: Catcher) -> None:
    start = timezone.now()
    for _ in range(20):
        put(now=start)
    smtp.stop()
    for minute in range(60):
        engine.tick(start + timedelta(minutes=minute))
    assert states() == {"queued": 20}
    smtp.start()

    engine.tick(start + timedelta(hours=1))

    assert states() == {"sent": 20}
    assert set(arrived(smtp).values()) == {1}


RESTARTED = """
from django.utils import timezone
from ats.mail.models import OutgoingMail
from ats.mail.outbox import To, queue
from ats.mail.render import plain
now = timezone.now()
for number in range(12):
    queue("account.message", to=To(address=f"reader{number}@example.com"), message=plain("Hello", "Hello."),
          key=f"test:{number}", now=now)
"""
STATES = """
from ats.mail.models import OutgoingMail
print(*OutgoingMail.objects.values_list("state", flat=True))
"""
MIGRATE = (
    "from django.core.management import call_command; call_command('migrate', verbosity=0, skip_checks=True)"
)


def test_a_database_that_restarts_while_sending(tmp_path: Path, smtp: Catcher) -> None:
    """Every message arrives once: what the server had taken is noted when the database is back."""
    cluster = Cluster(tmp_path, fsync=False)
    cluster.prepare()
    record = tmp_path / "children"

    def start() -> Any:
        with (tmp_path / "postgres.log").open("ab") as log:
            process = programs.spawn(cluster.service(), log, record)
        programs.wait_until_ready(cluster.service(), process, lambda: time.sleep(programs.POLL_SECONDS))
        return process

    server = start()
    try:
        finish(python(MIGRATE, DATABASE_URL=cluster.url()), within=300)
        finish(python(RESTARTED, DATABASE_URL=cluster.url()))
        smtp.delay = 0.2
        worker = python(TICK, DATABASE_URL=cluster.url())
        wait_for(lambda: len(smtp.messages) == 3)
        programs.stop(cluster.service(), server)
        server = start()
        finish(worker)

        assert finish(python(STATES, DATABASE_URL=cluster.url())).split() == ["sent"] * 12
        assert sorted(arrived(smtp).values()) == [1] * 12
    finally:
        programs.stop(cluster.service(), server)
