"""Messages whose time is over, or whose worker is gone."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.duework import engine
from ats.duework.faults import is_away
from ats.mail.failing import again, cut
from ats.mail.models import MailState, OutgoingMail
from ats.mail.settling import settle

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=1)


def stale(now: datetime) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=MailState.QUEUED, not_after__lt=now)


def lost() -> QuerySet[OutgoingMail]:
    return engine.lost(OutgoingMail.objects.filter(state=MailState.SENDING))


def expire(now: datetime) -> int:
    """What must not leave any more, because its `not_after` has passed."""
    mails = engine.claim(
        stale(now).order_by("id"), now=now, lease=LEASE, batch=BATCH, state=MailState.SENDING
    )
    return _each(mails, lambda mail: _too_late(mail, now))


def _too_late(mail: OutgoingMail, now: datetime) -> None:
    settle(mail, now, state=MailState.CANCELLED, last_error="It would have come too late.")


def recover(now: datetime) -> int:
    """What a worker had claimed that did not come back; claimed anew, so that one of us settles it."""
    if not lost().exists():
        return 0
    mails = engine.claim(lost().order_by("id"), now=now, lease=LEASE, batch=BATCH)
    return _each(mails, lambda mail: _without_worker(mail, now))


def _without_worker(mail: OutgoingMail, now: datetime) -> None:
    error = TimeoutError("The worker that was sending it did not come back.")
    if mail.begun_at is not None:  # the lease was wait enough
        cut(mail, error, now, wait=timedelta())
    else:
        again(mail, error, now, (timedelta(),))


def _each(mails: list[OutgoingMail], work: Callable[[OutgoingMail], None]) -> int:
    done = 0
    for mail in mails:
        try:
            work(mail)
            done += 1
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("%s could not be settled; its lease runs out", mail)
    return done
