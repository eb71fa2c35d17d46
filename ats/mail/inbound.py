"""Mail that comes in: kept as a row, told apart by its kind, and given to who reads that kind.

Whichever way a message takes, it is kept first (`arrivals.keep`) and read afterwards, under its row's lock, in one
transaction with all that its reader writes. A worker that dies leaves the row waiting; a reader that fails is asked
again, and in the end the message lies in the inbox with the others that a person has to look at.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ats.duework import engine
from ats.duework.tasks import hurry
from ats.mail import arrivals, incoming
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.incoming import Kind, Unreadable
from ats.mail.models import IncomingMail, IncomingState, Why

logger = logging.getLogger(__name__)

LANE = "incoming"
BY_HAND = "file"
Reader = Callable[[Arrived, datetime], Outcome]
_readers: dict[Kind, Reader] = {}


def reads(*kinds: Kind) -> Callable[[Reader], Reader]:
    """Let the decorated function read mail of these kinds, in a transaction of its own; it says what came of it."""

    def register(reader: Reader) -> Reader:
        for kind in kinds:
            if kind in _readers:
                raise ValueError(f"Mail of the kind {kind} is read twice.")
            _readers[kind] = reader
        return reader

    return register


def arrive(content: bytes, *, source: str, now: datetime, size: int | None = None) -> IncomingMail:
    """Keep a message that comes in by any way; it is read at once by a worker, at the next tick at the latest."""
    row, is_new = arrivals.keep(content, source=source, now=now, size=size)
    if is_new:
        hurry(LANE)
    return row


def take_in(content: bytes, now: datetime) -> Kind:
    """Keep one message and read it here and now; its kind. One that came before is not read again."""
    row, _ = arrivals.keep(content, source=BY_HAND, now=now)
    with transaction.atomic():
        row = IncomingMail.objects.select_for_update(no_key=True).get(pk=row.pk)
        if row.state == IncomingState.WAITING:
            _read(row, now)
    return Kind(row.kind or Kind.LETTER)


def read_waiting(now: datetime) -> int:
    """Read a batch of what was kept; how many messages that were."""
    return engine.under_lock(IncomingMail.objects.ready(now).order_by("id"), _read, now=now)


def _read(row: IncomingMail, now: datetime) -> None:
    content = arrivals.content_of(row) or b""
    try:
        message = incoming.parsed(content[: incoming.LARGEST])
        found = incoming.read(message)
    except Unreadable:
        _settle(row, Kind.LETTER, ToPeople(why=Why.UNREADABLE), now)
        return
    _settle(row, found.kind, _said(Arrived(row, message, found, content), now), now)


def _said(arrived: Arrived, now: datetime) -> Outcome:
    reader = _readers.get(arrived.found.kind)
    return reader(arrived, now) if reader else ToPeople(why=Why.NO_READER)


def _settle(row: IncomingMail, kind: Kind, outcome: Outcome, now: datetime) -> None:
    row.kind = kind
    for name, value in outcome.about.items():
        setattr(row, name, value)
    if isinstance(outcome, Placed):
        row.state, row.settled_at = IncomingState.SETTLED, now
        row.found_by, row.mail = outcome.found_by or "", outcome.mail
    else:
        row.state, row.why, row.mail = IncomingState.OPEN, outcome.why, outcome.mail
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    row.save()


__all__ = ["Arrived", "Placed", "ToPeople", "arrive", "read_waiting", "reads", "take_in"]
