"""Mail that comes in: answers of candidates as mail programs write them, into the conversations that they belong to."""

import time

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
    from django.conf import settings

    from ats.duework import engine
    from ats.mail import inbound, reply_tags
    from ats.models import IncomingMail
    from candidates.models import Application

    settings.INBOUND_ADDRESS = "hiring@example.com"
    now, run = timezone.now(), f"bench-{time.time_ns()}"
    active = Application.objects.active().select_related("candidate").order_by("-pk")[:amount]
    facts = {"run": run, "words": WORDS, "quoted": QUOTED}
    letters = [
        ANSWER.format(
            sender=each.candidate.email, to=reply_tags.address_for(each.pk), number=number, **facts
        ).replace("\n", "\r\n")
        for number, each in enumerate(active)
    ]
    started = time.perf_counter()
    for letter in letters:
        inbound.arrive(letter.encode(), source=run, now=now)
    while engine.lanes()[inbound.LANE].run(now):
        pass
    took = time.perf_counter() - started
    placed = IncomingMail.objects.filter(source=run, found_by="tag").count()
    assert placed == len(letters), f"{placed} of {len(letters)} found their place"
    return placed / took
