"""The mailbox in which mail comes in: what is new there is kept as rows, and only then marked as read.

It is named by `INBOUND_URL`; without it nothing is fetched. A worker that dies in between leaves a message new: it is
fetched again, and is the same row. Every tick looks into it; where its server says by itself that something came,
`watching` has it looked into at once.
"""

import imaplib
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from ats.duework import engine, readiness
from ats.duework.faults import is_away
from ats.mail import inbound, incoming

if TYPE_CHECKING:
    from imapclient import IMAPClient

logger = logging.getLogger(__name__)

LANE = "inbound"
BATCH = 50
REST = timedelta(minutes=5)
SOURCE = "mailbox"
_RESTING = "mail:inbound-resting"


def is_resting() -> bool:
    try:
        return bool(cache.get(_RESTING))
    except Exception:  # noqa: BLE001 - without a cache there is no rest, and nothing else is lost
        return False


@engine.lane(LANE, resting=is_resting, apart=True, due=readiness.where(lambda: bool(settings.INBOUND)))
def fetch(now: datetime) -> int:
    """Keep what is new in the mailbox, a batch of it; how many messages these were."""
    if not settings.INBOUND or is_resting():
        return 0
    from ats.mail import imap  # a library that a house without a mailbox never needs

    try:
        with imap.opened(**settings.INBOUND) as box:
            return _take_new(box, now)
    except (OSError, imaplib.IMAP4.error) as error:
        logger.warning("The mailbox cannot be read now; it is tried again later: %s", error)
        _rest()
        raise engine.Pause from error


def _rest() -> None:
    try:
        cache.set(_RESTING, True, REST.total_seconds())
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached either")


def rested() -> None:
    """Its server answers again: whoever finds that out need not wait for the others."""
    try:
        cache.delete(_RESTING)
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached")


def _take_new(box: "IMAPClient", now: datetime) -> int:
    """Up to a batch of them; those that cannot be kept are not counted, or a batch of them would hold up the others."""
    kept = 0
    for uid in box.search("UNSEEN"):
        kept += _take(box, uid, now)
        if kept >= BATCH:
            break
    return kept


def _take(box: "IMAPClient", uid: int, now: datetime) -> int:
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


def _keep(box: "IMAPClient", uid: int, now: datetime) -> int:
    size, most = _size(box, uid), settings.INBOUND_MAX_BYTES
    # What is too large is kept with its beginning, where its words stand; its files never leave the mailbox. Some
    # servers only reckon a size, so it says nothing more than that.
    wanted = most + 1 if size <= most else incoming.LARGEST
    content = box.fetch([uid], [f"BODY.PEEK[]<0.{wanted}>"]).get(uid, {}).get(b"BODY[]<0>")
    if content is None:  # somebody took it away meanwhile
        return 0
    is_whole = size <= most and len(content) <= most
    if not is_whole:
        content = content[: incoming.LARGEST]
    inbound.arrive(content, source=SOURCE, now=now, size=len(content) if is_whole else max(size, most + 1))
    box.add_flags([uid], [rb"\Seen"], silent=True)
    return 1


def _size(box: "IMAPClient", uid: int) -> int:
    return int(box.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0))
