"""Letters that are due: how many go in a second, by one worker and by two, and what pages feel of it."""

import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.utils import timezone

from ats.models import OutgoingMail
from candidates.models import Application, FollowUp

LANES = ("follow-ups", "mail")


def due(amount: int) -> Any:
    """So many acknowledgements that are due now; several of each candidate where fewer are in play."""
    assert settings.EMAIL_HOST in {"127.0.0.1", "localhost"}, "mail of the bench stays on this machine"
    now = timezone.now()
    run = f"bench-{now.timestamp()}"
    active = Application.objects.active().order_by("pk")[:amount]
    FollowUp.objects.bulk_create(
        FollowUp(
            candidate_id=application.candidate_id,
            application=application,
            step="acknowledgement",
            due_at=now,
            idempotency_key=f"{run}-{number}",
        )
        for number, application in enumerate(islice(cycle(active), amount))
    )
    return FollowUp.objects.filter(idempotency_key__startswith=run)


def by_one(amount: int) -> float:
    """Rendered and handed to a mail server by this process, a second."""
    from ats.duework import engine

    wanted, now = due(amount), timezone.now()
    started = time.perf_counter()
    for lane in LANES:
        while engine.lanes()[lane].run(now):
            pass
    took = time.perf_counter() - started
    return _sent(wanted) / took


def by_workers(workers: int, amount: int) -> float:
    """The same by so many processes at once."""
    wanted = due(amount)
    with started(workers, *LANES) as go:
        took = go()
    return _sent(wanted) / took


def gain_of_two(amount: int) -> float:
    """How many times as fast two are as one, each with its share of as many letters."""
    one, two = by_workers(1, amount), by_workers(2, amount)
    print(f"one {one:.0f}, two {two:.0f} letters a second", flush=True)
    return two / one


def spike(amount: int, ask: Callable[[], float]) -> tuple[float, float]:
    """Seconds until so many that are due at once are sent by two, and how many times as long a page takes meanwhile.

    It is asked for five times a second: by a house of some hundred people who are all at work.
    """
    resting = statistics.median(ask() for _ in range(15))
    wanted, during = due(amount), []

    def somebody_looks() -> None:
        during.append(ask())
        time.sleep(0.2)

    with started(2, *LANES) as go:
        took = go(somebody_looks)
    print(f"the page took {resting:.1f} ms at rest, {statistics.median(during):.1f} meanwhile", flush=True)
    _sent(wanted)
    return took, statistics.median(during) / resting


def _sent(wanted: Any) -> int:
    sent = OutgoingMail.objects.filter(pk__in=wanted.values("mail"), state="sent").count()
    assert sent == wanted.count(), f"{sent} of {wanted.count()} were sent"
    return sent


@contextlib.contextmanager
def started(many: int, *lanes: str) -> Iterator[Callable[..., float]]:
    """So many workers' processes that wait; what is handed out lets them do all that is due in these lanes."""
    command = [sys.executable, "-m", "benchmarks.worker", *lanes]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(many)
    ]

    def go(meanwhile: Callable[[], object] = lambda: time.sleep(0.05)) -> float:
        """Seconds until the last of them is done."""
        started = time.perf_counter()
        for each in processes:
            each.stdin.write("go\n")  # type: ignore[union-attr]
            each.stdin.flush()  # type: ignore[union-attr]
        while any(each.poll() is None for each in processes):
            meanwhile()
        return time.perf_counter() - started

    try:
        for each in processes:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        yield go
    finally:
        for each in processes:
            each.terminate()
            each.wait(20)
