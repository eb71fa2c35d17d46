"""Who reads what comes in: a report that a message did not arrive."""

import logging
from datetime import datetime
from email.message import Message

from ats.mail import actions
from ats.mail.bounces import read_report
from ats.mail.inbound import DSN, reads

logger = logging.getLogger(__name__)


@reads(DSN)
def report(message: Message, now: datetime) -> None:
    found = read_report(message)
    if found is None or not actions.note_bounce(report=found, now=now):
        logger.info("A delivery report says nothing that we do not know")
