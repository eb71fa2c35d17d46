"""Mail that comes in: kept as a row, told apart by its kind, and given to who reads that kind.

Whichever way a message takes, it is kept first (`arrivals.keep`) and read afterwards, under its row's lock, in one
transaction with all that its reader writes. A worker that dies leaves the row waiting; a reader that fails is asked
again, and in the end the message lies in the inbox with the others that a person has to look at.

Small ones of which many come are read together, in one transaction. Where that fails, or a reader would rather have
one alone, each of them is read alone: no message holds up, or loses, another.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from ats.activity.models import ABOUT_FIELDS
from ats.duework import engine, turns
from ats.duework.faults import is_away
from ats.duework.tasks import hurry
from ats.kernel import writing
from ats.mail import arrivals, incoming
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.incoming import Kind, Unreadable
from ats.mail.incoming.addresses import in_headers
from ats.mail.incoming.parsing import headers
from ats.mail.models import IncomingMail, IncomingState, Why
from ats.mail.reply_tags import Answered, Forged, answered_in

logger = logging.getLogger(__name__)

LANE = "incoming"
BY_HAND = "file"
BATCH = 50
SMALL = 100_000
"""Bytes of a message that may be read together with others: what is longer holds them up."""
SETTLED = (
    *sorted(ABOUT_FIELDS),
    *("kind", "state", "why", "found_by", "mail", "settled_at", "attempts", "retry_at", "last_error"),
)
"""What reading a message writes on its row."""
Reader = Callable[[Arrived, datetime], Outcome]
ReaderOfMany = Callable[[Sequence[Arrived], datetime], Sequence[Outcome | None]]
ReaderFor = Callable[[Arrived, int, datetime], Outcome]
SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
_readers_for: dict[Answered, ReaderFor] = {}
_readers: dict[Kind, Reader] = {}
_readers_of_many: dict[Kind, ReaderOfMany] = {}


def reads(*kinds: Kind) -> Callable[[Reader], Reader]:
    """Let the decorated function read mail of these kinds, in a transaction of its own; it says what came of it."""

    def register(reader: Reader) -> Reader:
        for kind in kinds:
            if kind in _readers:
                raise ValueError(f"Mail of the kind {kind} is read twice.")
            _readers[kind] = reader
        return reader

    return register


def reads_many(*kinds: Kind) -> Callable[[ReaderOfMany], ReaderOfMany]:
    """Let the decorated function read several messages of these kinds at once, in one transaction.

    It says what came of each, in their order; None of one that it would rather have alone. It waits for nobody's
    locks: others' messages would wait with it.
    """

    def register(reader: ReaderOfMany) -> ReaderOfMany:
        _readers_of_many.update(dict.fromkeys(kinds, reader))
        return reader

    return register


def reads_for(what: Answered) -> Callable[[ReaderFor], ReaderFor]:
    """Let the decorated function read what was sent to a tag of this sort, alone and before everybody else.

    It gets the number in the tag.
    """

    def register(reader: ReaderFor) -> ReaderFor:
        _readers_for[what] = reader
        return reader

    return register


def _tagged(arrived: Arrived) -> tuple[ReaderFor, int] | None:
    sent_to = in_headers(value for name in SENT_TO for value in headers(arrived.message, name))
    try:
        tag = answered_in(sent_to)
    except Forged:
        return None
    reader = _readers_for.get(tag[0]) if tag else None
    return (reader, tag[1]) if reader and tag else None


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
    read, left = _read_together(now)
    if turns.is_over():
        return read
    alone = IncomingMail.objects.ready(now).filter(pk__in=left).order_by("id")
    return read + engine.under_lock(alone, _read, now=now)


# --- Together


def _read_together(now: datetime) -> tuple[int, list[int]]:
    """How many of the next ones could be read so, and which are left: all of them where anything goes wrong."""
    rows: list[IncomingMail] = []
    try:
        with transaction.atomic():
            ready = IncomingMail.objects.ready(now).order_by("id")
            rows += ready.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH]
            read = _read_many([row for row in rows if row.attempts == 0 and row.size <= SMALL], now)
        return len(read), [row.pk for row in rows if row.pk not in read]
    except Exception as error:
        if is_away(error):
            raise
        logger.warning("A batch of mail could not be read together: %s: %s", type(error).__name__, error)
        return 0, [row.pk for row in rows]


def _read_many(rows: Sequence[IncomingMail], now: datetime) -> set[int]:
    """Which of these rows, which are held, were read."""
    if len(rows) < 2:
        return set()
    by_reader: dict[ReaderOfMany, list[Arrived]] = defaultdict(list)
    for arrived in _opened(rows):
        reader = _readers_of_many.get(arrived.found.kind)
        if reader and _tagged(arrived) is None:
            by_reader[reader].append(arrived)
    settled: list[IncomingMail] = []
    for reader, some in by_reader.items():
        for arrived, outcome in zip(some, reader(some, now), strict=True):
            if outcome is not None:
                settled.append(_settled(arrived.row, arrived.found.kind, outcome, now))
    writing.update_all(settled, *SETTLED)
    return {row.pk for row in settled}


def _opened(rows: Sequence[IncomingMail]) -> Iterator[Arrived]:
    """As many of them as can be; what is wrong with the others is said where they are read alone."""
    contents = arrivals.contents_of(row.pk for row in rows)
    for row in rows:
        with suppress(Exception):
            yield _taken_apart(row, contents.get(row.pk, b""))


# --- Alone


def _read(row: IncomingMail, now: datetime) -> None:
    try:
        arrived = _taken_apart(row, arrivals.content_of(row) or b"")
    except Unreadable:
        settled = _settled(row, Kind.LETTER, ToPeople(why=Why.UNREADABLE), now)
    else:
        settled = _settled(row, arrived.found.kind, _said(arrived, now), now)
    writing.update(settled, *SETTLED)


def _taken_apart(row: IncomingMail, content: bytes) -> Arrived:
    message = incoming.parsed(content[: incoming.LARGEST])
    return Arrived(row, message, incoming.read(message), content)


def _said(arrived: Arrived, now: datetime) -> Outcome:
    if arrived.found.kind == Kind.LETTER and (tagged := _tagged(arrived)):
        reads_it, number = tagged
        return reads_it(arrived, number, now)
    reader = _readers.get(arrived.found.kind)
    return reader(arrived, now) if reader else ToPeople(why=Why.NO_READER)


def _settled(row: IncomingMail, kind: Kind, outcome: Outcome, now: datetime) -> IncomingMail:
    """The row as it is once this came of its message; its `SETTLED` fields are to be written."""
    row.kind = kind
    for name, value in outcome.about.items():
        setattr(row, name, value)
    if isinstance(outcome, Placed):
        row.state, row.settled_at = IncomingState.SETTLED, now
        row.found_by, row.mail = outcome.found_by or "", outcome.mail
    else:
        row.state, row.why, row.mail = IncomingState.OPEN, outcome.why, outcome.mail
    row.attempts, row.retry_at, row.last_error = 0, None, ""
    return row


__all__ = [
    "Arrived",
    "Placed",
    "ToPeople",
    "arrive",
    "read_waiting",
    "reads",
    "reads_for",
    "reads_many",
    "take_in",
]
