"""Who reads what comes in: reports of what became of our messages, and complaints."""

from datetime import datetime

from ats.mail import actions
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.inbound import reads
from ats.mail.incoming import Kind
from ats.mail.models import Why


@reads(Kind.FAILURE)
def report(arrived: Arrived, now: datetime) -> Outcome:
    mail = actions.reported(arrived.found)
    if mail is None:
        return ToPeople(why=Why.NOT_OURS)
    actions.note_bounce(mail, report=arrived.found, now=now)
    return Placed(about=mail.about(), mail=mail)


@reads(Kind.DELAY)
def delay(arrived: Arrived, now: datetime) -> Outcome:
    """It is on its way still: that is known, and nobody has to do anything about it."""
    mail = actions.reported(arrived.found)
    if mail is None:
        return Placed()
    actions.note_delay(mail, report=arrived.found, now=now)
    return Placed(about=mail.about(), mail=mail)


@reads(Kind.COMPLAINT)
def complaint(arrived: Arrived, now: datetime) -> Outcome:
    mail = actions.reported(arrived.found)
    if mail is None:
        return ToPeople(why=Why.NOT_OURS)
    actions.note_complaint(mail, now=now)
    return Placed(about=mail.about(), mail=mail)
