"""The lanes of this slice, declared when Django is ready."""

from datetime import datetime

from ats.duework import engine, readiness
from ats.mail import delivery, inbound, mailbox, readers
from ats.mail.models import IncomingMail

__all__ = ["delivery", "mailbox", "readers"]


@engine.lane(inbound.LANE, due=readiness.rows(IncomingMail.objects.ready))
def read(now: datetime) -> int:
    """After the mailbox's: what a tick has fetched, it reads."""
    return inbound.read_waiting(now)
