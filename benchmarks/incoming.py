"""Mail that comes in: answers of candidates as mail programs write them, into the conversations that they belong to."""

import os
import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

WORDS = "Hello,\n\nThursday at ten suits me well. Shall I bring anything along?\n\nKind regards\nRobin"
QUOTED = "\n".join(
    ["> would Thursday or Friday suit you for a first talk, of three quarters of an hour?"] * 20
)
ANSWER = """From: Robin Example <{sender}>
To: {to}
Message-ID: <{run}-{number}@mail.example>
Subject: Re: Your application
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{words}

On Tue, 24 Nov 2026 at 10:00, Hiring <hiring@example.com> wrote:
{quoted}
--b
Content-Type: text/html; charset=utf-8

<p>{words}</p><blockquote>{quoted}</blockquote>
--b--
"""


def answers_taken_in(amount: int = 500) -> float:
    """How many of them a second are kept, and read by one worker."""
    from ats.duework import engine
    from ats.mail import inbound

    def read() -> None:
        while engine.lanes()[inbound.LANE].run(timezone.now()):
            pass

    _have_mailbox()
    return _rate(amount, read)


def answers_taken_in_by_two(amount: int = 1_000) -> float:
    """The same with two workers' processes, which begin once all are kept."""
    from ats.mail import inbound
    from benchmarks.letters import started

    _have_mailbox()
    with started(2, inbound.LANE) as go:
        return _rate(amount, go)


def _rate(amount: int, read: Callable[[], object]) -> float:
    """So many letters, kept by this process and then read: how many a second, both together."""
    from ats.mail import inbound
    from ats.models import IncomingMail

    run = f"bench-{time.time_ns()}"
    letters = _letters(amount, run)
    began = time.perf_counter()
    for letter in letters:
        inbound.arrive(letter, source=run, now=timezone.now())
    kept = time.perf_counter()
    read()
    ended = time.perf_counter()
    placed = IncomingMail.objects.filter(source=run, found_by="tag").count()
    assert placed == len(letters), f"{placed} of {len(letters)} found their place"
    print(f"kept {placed / (kept - began):.0f}, read {placed / (ended - kept):.0f} a second", flush=True)
    return placed / (ended - began)


def _have_mailbox() -> None:
    """Here, and in the processes that are started from now on."""
    settings.INBOUND_ADDRESS = os.environ["INBOUND_ADDRESS"] = "hiring@example.com"


def _letters(amount: int, run: str) -> list[bytes]:
    from ats.mail import reply_tags
    from candidates.models import Application

    facts = {"run": run, "words": WORDS, "quoted": QUOTED}
    active = Application.objects.active().select_related("candidate").order_by("-pk")[:amount]
    return [
        ANSWER.format(sender=each.candidate.email, to=reply_tags.address_for(each.pk), number=number, **facts)
        .replace("\n", "\r\n")
        .encode()
        for number, each in enumerate(active)
    ]
