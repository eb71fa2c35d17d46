"""The mailbox in which mail comes in: what is new there is kept as rows, and only then marked as read.

It is named by `INBOUND_URL`; without it nothing is fetched. A worker that dies in between leaves a message new: it is
fetched again, and is the same row.

Python's own imaplib stays: four commands are needed, and fetching no more than a part of a message is one that
libraries on top of it pass through untouched.
"""

import imaplib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from ssl import create_default_context
from typing import Any

from django.conf import settings
from django.core.cache import cache

from ats.duework import engine, readiness
from ats.duework.faults import is_away
from ats.mail import inbound, incoming

logger = logging.getLogger(__name__)

BATCH = 50
TIMEOUT = 20
REST = timedelta(minutes=5)
SOURCE = "mailbox"
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_RESTING = "mail:inbound-resting"


def is_resting() -> bool:
    try:
        return bool(cache.get(_RESTING))
    except Exception:  # noqa: BLE001 - without a cache there is no rest, and nothing else is lost
        return False


@engine.lane("inbound", resting=is_resting, apart=True, due=readiness.where(lambda: bool(settings.INBOUND)))
def fetch(now: datetime) -> int:
    """Keep what is new in the mailbox, a batch of it; how many messages these were."""
    if not settings.INBOUND or is_resting():
        return 0
    try:
        with _mailbox(**settings.INBOUND) as box:
            return sum(_take(box, number.decode("ascii"), now) for number in _new(box)[:BATCH])
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


def _take(box: imaplib.IMAP4, uid: str, now: datetime) -> int:
    """One that cannot be kept stays new in the mailbox, and holds up no other."""
    try:
        return _keep(box, uid, now)
    except (OSError, imaplib.IMAP4.error):
        raise
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("The message %s of the mailbox cannot be kept", uid)
        return 0


def _keep(box: imaplib.IMAP4, uid: str, now: datetime) -> int:
    size, most = _size(box, uid), settings.INBOUND_MAX_BYTES
    # What is too large is kept with its beginning, where its words stand; its files never leave the mailbox. Some
    # servers only reckon a size, so it says nothing more than that.
    wanted = most + 1 if size <= most else incoming.LARGEST
    parts = _ask(box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{wanted}>)"))
    content = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if content is None:  # somebody took it away meanwhile
        return 0
    is_whole = size <= most and len(content) <= most
    if not is_whole:
        content = content[: incoming.LARGEST]
    inbound.arrive(content, source=SOURCE, now=now, size=len(content) if is_whole else max(size, most + 1))
    _ask(box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))
    return 1


def _size(box: imaplib.IMAP4, uid: str) -> int:
    said = b" ".join(
        part if isinstance(part, bytes) else part[0]
        for part in _ask(box.uid("FETCH", uid, "(RFC822.SIZE)"))
        if part
    )
    found = SIZE.search(said)
    return int(found[1]) if found else 0
