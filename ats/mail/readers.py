"""Who reads what comes in: a report that a message did not arrive."""

import logging
from datetime import datetime
from email.message import Message

from ats.mail import actions
from ats.mail.inbound import reads
from ats.mail.incoming import Incoming, Kind

logger = logging.getLogger(__name__)


@reads(Kind.FAILURE)
def report(message: Message, found: Incoming, now: datetime) -> None:
    if not actions.note_bounce(report=found, now=now):
        logger.info("A delivery report says nothing that we do not know")
