"""Mail that comes in: fetched from a mailbox, told apart by its kind, and given to who reads that kind.

The mailbox is named by `INBOUND_URL`; without it nothing is fetched. A message is read at least once: where a
worker dies between reading and marking, it is read again, and each reader bears that. One that cannot be read
is marked in the mailbox, for a person to see, and holds up nobody.

Python's own imaplib stays: four commands are needed, and fetching no more than a part of a message is one that
libraries on top of it pass through untouched.
"""

import imaplib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.message import Message
from ssl import create_default_context
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from ats.duework import engine, readiness
from ats.duework.faults import is_away, is_passing
from ats.mail import incoming
from ats.mail.incoming import Incoming, Kind

logger = logging.getLogger(__name__)

Reader = Callable[[Message, Incoming, datetime], None]
_readers: dict[Kind, Reader] = {}

BATCH = 50
TIMEOUT = 20
REST = timedelta(minutes=5)
_RESTING = "mail:inbound-resting"


def reads(kind: Kind) -> Callable[[Reader], Reader]:
    """Let the decorated function read mail of this kind, in a transaction of its own."""

    def register(reader: Reader) -> Reader:
        if kind in _readers:
            raise ValueError(f"Mail of the kind {kind} is read twice.")
        _readers[kind] = reader
        return reader

    return register


def take_in(content: bytes, now: datetime) -> Kind:
    """Read one message; its kind. What nobody reads is left to people."""
    message = incoming.parsed(content)
    found = incoming.read(message)
    if reader := _readers.get(found.kind):
        with transaction.atomic():
            reader(message, found, now)
    return found.kind


# --- The mailbox


def is_resting() -> bool:
    try:
        return bool(cache.get(_RESTING))
    except Exception:  # noqa: BLE001 - without a cache there is no rest, and nothing else is lost
        return False


@engine.lane("inbound", resting=is_resting, apart=True, due=readiness.where(lambda: bool(settings.INBOUND)))
def fetch(now: datetime) -> int:
    """Read what is new in the mailbox, a batch of it; how many messages these were."""
    if not settings.INBOUND or is_resting():
        return 0
    try:
        with _mailbox(**settings.INBOUND) as box:
            return sum(_read(box, number, now) for number in _new(box)[:BATCH])
    except (OSError, imaplib.IMAP4.error) as error:
        logger.warning("The mailbox cannot be read now; it is tried again later: %s", error)
        _rest()
        raise engine.Pause from error


def _rest() -> None:
    try:
        cache.set(_RESTING, True, REST.total_seconds())
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached either")


@contextmanager
def _mailbox(
    *, host: str, port: int, ssl: bool, starttls: bool, user: str, password: str, folder: str
) -> Iterator[imaplib.IMAP4]:
    # Left to itself, imaplib looks at no certificate: the password would be anybody's who stands in between.
    trusted = create_default_context()
    box = (
        imaplib.IMAP4_SSL(host, port, ssl_context=trusted, timeout=TIMEOUT)
        if ssl
        else imaplib.IMAP4(host, port, timeout=TIMEOUT)
    )
    try:
        if starttls:
            box.starttls(trusted)
        box.login(user, password)
        _ask(box.select(f'"{folder}"'))
        yield box
    finally:
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error):
            with suppress(OSError):  # a line whose encryption was refused is gone already
                box.shutdown()


def _ask(answer: tuple[str, list[Any]]) -> list[Any]:
    said, content = answer
    if said != "OK":
        raise imaplib.IMAP4.error(f"{said}: {content!r}")
    return content


def _new(box: imaplib.IMAP4) -> list[bytes]:
    found = _ask(box.uid("SEARCH", "UNSEEN"))
    return found[0].split() if found and found[0] else []


def _read(box: imaplib.IMAP4, number: bytes, now: datetime) -> int:
    uid = number.decode("ascii")
    marks = r"(\Seen)"
    try:
        # No more than this is ever fetched: what is larger is no report and no answer.
        parts = _ask(box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{incoming.LARGEST}>)"))
        content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        take_in(content, now)
    except (OSError, imaplib.IMAP4.error):
        raise  # the line is away: the message stays new
    except Exception as error:
        if is_away(error):
            raise
        if is_passing(error):  # it stays new, and does not hold up the others
            logger.warning("The message %s of the mailbox is read later: %s", uid, error)
            return 0
        logger.exception("The message %s of the mailbox cannot be read", uid)
        marks = r"(\Seen \Flagged)"
    _ask(box.uid("STORE", uid, "+FLAGS.SILENT", marks))
    return 1
