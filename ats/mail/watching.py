"""Watching the mailbox: where its server says by itself that something came (IDLE, RFC 2177), it is fetched at once.

A thread of beat's process does it, so nobody has to start anything more. It fetches nothing itself: it asks a worker
for the mailbox's lane, which every tick does as well. Whatever becomes of this line, mail is late by a minute at most.
"""

import imaplib
import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings

from ats.duework.tasks import ask_for
from ats.mail import mailbox

logger = logging.getLogger(__name__)

ANEW = 60
"""Seconds after which it is said anew that we wait: servers end it after half an hour, what stands between forgets a
line sooner, and a server that is gone without a word is found out by it. Where a worker's own line broke meanwhile,
that is found out as well: the mailbox rests then, though its server answers us."""
PAUSES = (1, 5, 15, 60)
"""Seconds before the next try, by how often it has failed on end."""
STEADY = 60
"""A line that held so long was a good one."""
REFUSED = 300
"""Seconds before we look again whether its server takes our password, or offers IDLE."""


class Refused(Exception):
    """Trying again soon is of no use, and too many tries lock a mailbox."""


def begin() -> None:
    """Watch it for as long as this process lives, if there is one."""
    if settings.INBOUND:
        threading.Thread(target=watch, args=[threading.Event()], name="mailbox", daemon=True).start()


def watch(ended: threading.Event, hurry: Callable[[str], None] = ask_for) -> None:
    """Hold a line to the mailbox until `ended`; `hurry` is told the lane whenever something may have come."""
    failed, said = 0, ""
    while not ended.is_set():
        began = time.monotonic()
        try:
            _hold(ended, hurry)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next try may be better
            if time.monotonic() - began > STEADY:
                failed, said = 0, ""
            said = _say(error, said)
            is_final = isinstance(error, Refused)
            ended.wait(REFUSED if is_final else PAUSES[min(failed, len(PAUSES) - 1)])
            failed += 1


def _say(error: Exception, said: str) -> str:
    """What is wrong, once and not with every try."""
    words = f"{type(error).__name__}: {error}"
    if words == said:
        return said
    if isinstance(error, (OSError, imaplib.IMAP4.error, Refused)):
        logger.warning("The mailbox is looked into once a minute alone, until it can be watched: %s", words)
    else:
        logger.exception("Watching the mailbox failed")
    return words


def _hold(ended: threading.Event, hurry: Callable[[str], None]) -> None:
    from imapclient.exceptions import LoginError

    from ats.mail import imap  # a library that a house without a mailbox never needs

    try:
        with imap.opened(**settings.INBOUND) as box:
            if not box.has_capability("IDLE"):
                raise Refused("its server does not say when something comes")
            has_come = True  # who knows what came while nobody watched
            while not ended.is_set():
                box.idle()
                if has_come:  # asked for once we wait: what comes from now on is told
                    mailbox.rested()
                    hurry(mailbox.LANE)
                told = box.idle_check(timeout=ANEW)
                told += box.idle_done()[1]
                has_come = any(b"EXISTS" in each for each in told) or mailbox.is_resting()
    except LoginError as error:
        if isinstance(
            error.__context__, imaplib.IMAP4.abort
        ):  # it is no answer that the line broke meanwhile
            raise
        raise Refused(str(error)) from error
